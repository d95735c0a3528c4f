package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.files.ShownPaths;
import dev.lockstep.cli.report.GccReporter;
import dev.lockstep.cli.report.JsonReporter;
import dev.lockstep.cli.report.Reporter;
import dev.lockstep.cli.report.TextReporter;
import dev.lockstep.sarif.SarifOptions;
import dev.lockstep.sarif.SarifReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reporter for what was asked. */
final class Reporters {

    private final Console console;
    private final LintOptions options;
    private final RuleCatalogue rules;
    private final Map<String, Path> places = new HashMap<>();

    Reporters(Console console, LintOptions options, RuleCatalogue rules, List<History> histories) {
        this.console = console;
        this.options = options;
        this.rules = rules;
        histories.forEach(history -> places.putAll(history.places()));
    }

    Reporter reporter() {
        return switch (options.common().format()) {
            case "gcc" -> new GccReporter(options.absolutePaths() ? this::absolute : path -> path);
            case "json" -> new JsonReporter(Version.current());
            case "sarif" -> sarif();
            default -> text();
        };
    }

    private Reporter text() {
        CommonOptions common = options.common();
        return new TextReporter(
                common.paint(console.environment()), console.environment().width(), common.quiet(), options.verbose());
    }

    private Reporter sarif() {
        SarifReport sarif = new SarifReport(
                rules.rules(), Version.current(), new SarifOptions(Optional.empty(), this::inRepository));
        return (report, out) -> sarif.write(report.result(), out);
    }

    private String absolute(String shown) {
        return ShownPaths.slashed(
                console.environment().directory().resolve(shown).normalize());
    }

    /** Relative to the root of the repository around the file, links followed, as code scanning wants it; without one, as shown. */
    private String inRepository(String shown) {
        Path file = places.get(shown);
        for (Path at = file; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return ShownPaths.slashed(at.relativize(file));
            }
        }
        return shown;
    }
}
