package dev.lockstep.sarif;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.OriginalUriBaseIds;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.RunAutomationDetails;
import com.contrastsecurity.sarif.SarifSchema210;
import com.contrastsecurity.sarif.Tool;
import com.contrastsecurity.sarif.ToolComponent;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.rule.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Writes analyses as SARIF 2.1.0 logs: one run, every rule of the catalogue whether hit or not, and the same bytes for the same analysis.
 */
public final class SarifReport {

    private static final URI SCHEMA =
            URI.create("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");

    /** What names a version of Lockstep, as a package URL; validators want some URI, and there is no website. */
    private static final String COORDINATES = "pkg:maven/dev.lockstep/lockstep-cli";

    private final RuleDescriptors rules;
    private final String version;
    private final SarifOptions options;

    /**
     * @param catalogue all rules there are, in any order
     * @param version Lockstep's, as semantic versioning writes it
     */
    public SarifReport(List<Rule> catalogue, String version, SarifOptions options) {
        this.rules = new RuleDescriptors(catalogue);
        this.version = version;
        this.options = options;
    }

    /** Writes UTF-8 and leaves the stream open. A finding of a rule outside the catalogue is an {@link IllegalArgumentException}. */
    public void write(AnalysisResult analysis, OutputStream out) throws IOException {
        SarifJson.write(log(analysis), out);
    }

    private SarifSchema210 log(AnalysisResult analysis) {
        Locations locations = new Locations(options.path());
        Run run = new Run()
                .withTool(new Tool().withDriver(driver()))
                .withInvocations(List.of(invocation(analysis, locations)))
                .withOriginalUriBaseIds(new OriginalUriBaseIds()
                        .withAdditionalProperty(
                                Locations.ROOT,
                                new ArtifactLocation()
                                        .withDescription(new Message().withText("The root of the repository."))))
                .withColumnKind(Run.ColumnKind.UTF_16_CODE_UNITS)
                .withResults(new Results(rules, locations).of(analysis.findings()));
        options.category()
                .ifPresent(category -> run.setAutomationDetails(new RunAutomationDetails().withId(category + "/")));
        return new SarifSchema210()
                .with$schema(SCHEMA)
                .withVersion(SarifSchema210.Version._2_1_0)
                .withRuns(List.of(run));
    }

    private ToolComponent driver() {
        return new ToolComponent()
                .withName("lockstep")
                .withSemanticVersion(version)
                .withInformationUri(URI.create(COORDINATES + "@" + version))
                .withRules(new LinkedHashSet<>(rules.descriptors()));
    }

    private Invocation invocation(AnalysisResult analysis, Locations locations) {
        return new Invocation()
                .withExecutionSuccessful(analysis.failures().isEmpty())
                .withToolExecutionNotifications(new Notifications(rules, locations).of(analysis));
    }
}
