package dev.lockstep.sarif;

import com.contrastsecurity.sarif.Notification;
import com.contrastsecurity.sarif.ReportingConfiguration;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;

/** How the object model becomes JSON. */
final class SarifJson {

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .addMixIn(Result.class, WithLevel.class)
            .addMixIn(ReportingConfiguration.class, WithLevel.class)
            .addMixIn(Notification.class, WithLevel.class)
            .build()
            .writer(new DefaultPrettyPrinter(SEPARATORS)
                    .withArrayIndenter(INDENTER)
                    .withObjectIndenter(INDENTER));

    private SarifJson() {}

    static void write(SarifSchema210 log, OutputStream out) throws IOException {
        WRITER.writeValue(out, log);
        out.write('\n');
        out.flush();
    }

    /**
     * The model leaves out what equals SARIF's defaults. A level of {@code warning} may not be left out: a result without a level has its
     * rule's.
     */
    interface WithLevel {
        @JsonInclude(JsonInclude.Include.ALWAYS)
        Object getLevel();
    }
}
