package dev.lockstep.cli.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A YAML value that knows its line, 1-based. */
sealed interface Yaml {

    int line();

    record Scalar(String text, int line) implements Yaml {}

    record Sequence(List<Yaml> elements, int line) implements Yaml {}

    record Mapping(List<Entry> entries, int line) implements Yaml {}

    record Entry(String key, int line, Yaml value) {}

    /** Why a text is no YAML that we take. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int line;

        Refused(int line, String what) {
            super(what, null, false, false);
            this.line = line;
        }

        int line() {
            return line;
        }
    }

    /** Reads a text that holds one document; empty if it holds nothing. */
    static Optional<Yaml> read(String text) throws Refused {
        YAMLFactory factory = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (YAMLParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Yaml document = value(parser);
            if (parser.nextToken() != null) {
                throw new Refused(line(parser), "a second document; one is taken");
            }
            return Optional.of(document);
        } catch (JsonParseException wrong) {
            JsonLocation at = wrong.getLocation();
            String what = wrong.getOriginalMessage().lines().findFirst().orElse("no YAML");
            throw new Refused(at == null ? 1 : at.getLineNr(), what);
        } catch (IOException wrong) {
            throw new Refused(1, String.valueOf(wrong.getMessage()));
        }
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static Yaml value(YAMLParser parser) throws IOException, Refused {
        int line = line(parser);
        if (parser.isCurrentAlias()) {
            throw new Refused(line, "an alias; aliases are not taken");
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            List<Entry> entries = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int keyLine = line(parser);
                parser.nextToken();
                entries.add(new Entry(key, keyLine, value(parser)));
            }
            return new Mapping(entries, line);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Yaml> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Sequence(elements, line);
        }
        return new Scalar(parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getText(), line);
    }
}
