package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.engine.AnalysisResult.Coverage;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.Marker;
import dev.lockstep.engine.AnalysisResult.Suppressed;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import dev.lockstep.source.Migrations.Ignored;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run amounts to, in lines; the last one is the coverage. */
public final class Summary {

    private static final int GAPS_NAMED = 3;

    private final Report report;
    private final boolean verbose;

    public Summary(Report report, boolean verbose) {
        this.report = report;
        this.verbose = verbose;
    }

    public List<String> lines() {
        List<String> lines = remarks();
        lines.add(coverage());
        return lines;
    }

    List<String> remarks() {
        List<String> lines = new ArrayList<>();
        lines.add(counts());
        if (verbose) {
            report.result().runs().forEach(run -> lines.add(RunWords.line(run)));
            report.ignored().forEach(ignored -> lines.add(passedOver(ignored)));
            report.result().deployedMarkers().forEach(marker -> lines.add(silenced(marker)));
            report.result().suppressed().forEach(suppressed -> lines.add(silenced(suppressed)));
        }
        if (!report.result().suppressed().isEmpty()) {
            lines.add(number(report.result().suppressed().size(), "finding") + " silenced by comments"
                    + (verbose ? "." : " (--verbose lists them)."));
        }
        if (!report.ignored().isEmpty()) {
            lines.add(ignored());
        }
        lines.add(boundary());
        return lines;
    }

    private String counts() {
        if (report.findings().isEmpty()) {
            return "No findings.";
        }
        long files = report.findings().stream().map(Finding::path).distinct().count();
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.NOTE)) {
            long count = report.count(severity);
            if (count > 0) {
                counts.add(number(count, severity.label()));
            }
        }
        return String.join(", ", counts) + " in " + number(files, "file") + ".";
    }

    private static String passedOver(Ignored ignored) {
        return Printable.of(ignored.path()) + ": not linted: " + ignored.reason();
    }

    private static String silenced(Marker marker) {
        return place(marker.place().source().path(), marker.place().start().toString()) + ": declared unused: "
                + marker.reason();
    }

    private static String silenced(Suppressed suppressed) {
        Finding finding = suppressed.finding();
        String why = suppressed.reason().isEmpty() ? "by another linter's comment" : suppressed.reason();
        return place(finding.path(), finding.start().toString()) + ": " + finding.rule() + " silenced: "
                + Printable.of(why);
    }

    private String ignored() {
        int files = report.ignored().size();
        return number(files, "SQL file") + (files == 1 ? " is" : " are")
                + " not run forward by the migration tool and not linted"
                + (verbose ? "." : " (--verbose lists them).");
    }

    private String boundary() {
        return report.boundary()
                .map(Summary::since)
                .orElse("No deploy boundary: each file was judged as a deploy of its own."
                        + " --since REF judges what is new since REF as one.");
    }

    private static String since(Report.Boundary boundary) {
        String commits =
                boundary.commits().isEmpty() ? "" : " (merge base " + String.join(", ", boundary.commits()) + ")";
        return "Since " + Printable.of(boundary.reference()) + commits + ": "
                + number(boundary.toDeploy(), "migration") + " to deploy, judged as one deploy; "
                + boundary.applied() + " applied before"
                + (boundary.edited() == 0 ? "." : ", " + boundary.edited() + " of them edited since.");
    }

    String coverage() {
        Coverage coverage = report.result().coverage();
        String analysed = "analysed " + coverage.migrationsUnderstood() + " of "
                + number(coverage.migrations(), "migration") + ", " + coverage.statementsUnderstood() + " of "
                + number(coverage.statements(), "statement")
                + (coverage.withPlaceholders() == 0
                        ? ""
                        : ", " + coverage.withPlaceholders() + " of them with a placeholder of unknown value");
        return coverage.gaps().isEmpty() ? analysed : analysed + " (" + gaps(coverage.gaps()) + ")";
    }

    private String gaps(List<Gap> gaps) {
        int named = verbose ? gaps.size() : Math.min(gaps.size(), GAPS_NAMED);
        String places = gaps.subList(0, named).stream().map(this::gap).collect(Collectors.joining(", "));
        String more = named < gaps.size() ? " and " + (gaps.size() - named) + " more, --verbose lists them" : "";
        return gaps.size() + " not understood: " + places + more;
    }

    private String gap(Gap gap) {
        String path = gap.place().source().path();
        String name = verbose ? path : path.substring(path.lastIndexOf('/') + 1);
        int line = gap.place().start().line();
        return place(name, String.valueOf(line)) + (verbose ? " " + Printable.of(gap.what()) : "");
    }

    private static String place(String path, String position) {
        return Printable.of(path) + ":" + position;
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
