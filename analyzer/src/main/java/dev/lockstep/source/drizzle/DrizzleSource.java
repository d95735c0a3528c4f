package dev.lockstep.source.drizzle;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Drizzle: the files that the journal lists, in its order; all that are pending run in one transaction, each piece between breakpoints at once. */
public final class DrizzleSource implements MigrationSource {

    private static final String JOURNAL = "meta/_journal.json";

    private static final Pattern TAG = Pattern.compile("\"tag\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern DIALECT = Pattern.compile("\"dialect\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern BREAKPOINT = Pattern.compile("--> statement-breakpoint");

    @Override
    public String tool() {
        return "drizzle";
    }

    @Override
    public String runner() {
        return "Drizzle";
    }

    @Override
    public List<Setup> find(Project project) {
        Set<String> places = new TreeSet<>();
        for (String path : project.files()) {
            if (ProjectPath.endsWith(path, ".sql")) {
                places.add(ProjectPath.parent(path));
            }
        }
        return places.stream()
                .filter(place -> isForPostgres(project, place))
                .map(place -> new Setup(place, Optional.of(ProjectPath.in(place, JOURNAL))))
                .toList();
    }

    private static boolean isForPostgres(Project project, String place) {
        String journal = ProjectPath.in(place, JOURNAL);
        return project.has(journal)
                && project.read(journal)
                        .filter(file -> dialect(file)
                                .filter(name -> !name.startsWith("p"))
                                .isEmpty())
                        .isPresent();
    }

    private static Optional<String> dialect(SourceText journal) {
        Matcher dialect = DIALECT.matcher(journal.content());
        return dialect.find() ? Optional.of(dialect.group(1)) : Optional.empty();
    }

    @Override
    public Migrations read(Project project, Setup setup) {
        List<Migration> inOrder = new ArrayList<>();
        List<Lost> lost = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        Optional<SourceText> journal = project.read(ProjectPath.in(setup.directory(), JOURNAL));
        journal.ifPresent(text -> TAG.matcher(text.content()).results().forEach(tag -> {
            String path = ProjectPath.in(setup.directory(), tag.group(1) + ".sql");
            listed.add(path);
            project.read(path)
                    .ifPresentOrElse(
                            file -> inOrder.add(migration(tag.group(1), file)),
                            () -> lost.add(new Lost(
                                    new Place(text, new Span(tag.start(), tag.end())), "no " + tag.group(1) + ".sql")));
        }));
        return new Migrations(
                inOrder,
                Map.of(),
                ignored(project, setup, listed),
                lost,
                ToolFacts.PLAIN.withGrouping(ToolFacts.Grouping.WHOLE_DEPLOY));
    }

    private static Migration migration(String tag, SourceText file) {
        List<Integer> ends = BREAKPOINT
                .matcher(file.content())
                .results()
                .map(MatchResult::start)
                .toList();
        return new Migration(
                tag,
                Migration.Kind.VERSIONED,
                file,
                TransactionRule.of(Mode.BEGIN_AND_COMMIT, Strings.endingAt(ends))
                        .withWayOut("Drizzle has no setting for that, so run it beside the migrations"));
    }

    private static List<Ignored> ignored(Project project, Setup setup, Set<String> listed) {
        return project.files().stream()
                .filter(path -> ProjectPath.endsWith(path, ".sql"))
                .filter(path -> ProjectPath.parent(path).equals(setup.directory()))
                .filter(path -> !listed.contains(path))
                .map(path -> new Ignored(project.shown(path), "not in " + JOURNAL))
                .toList();
    }
}
