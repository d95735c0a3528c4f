package dev.lockstep.source.sqitch;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.psql.PsqlScript;
import dev.lockstep.source.sqitch.SqitchPlan.Change;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sqitch: psql runs the deploy scripts in the order of the plan; they open and commit their transactions themselves. */
public final class SqitchSource implements MigrationSource {

    private static final String PLAN = "sqitch.plan";
    private static final String CONFIGURATION = "sqitch.conf";
    private static final String DEPLOY = "deploy";
    private static final String REVERT = "revert";
    private static final String VERIFY = "verify";

    @Override
    public String tool() {
        return "sqitch";
    }

    @Override
    public String runner() {
        return "Sqitch, through psql";
    }

    /** Each plan below the directory, or else the one above it. */
    @Override
    public List<Setup> find(Project project) {
        List<String> plans = new ArrayList<>(project.files().stream()
                .filter(path -> ProjectPath.name(path).equals(PLAN))
                .toList());
        if (plans.isEmpty()) {
            project.above(PLAN).ifPresent(plans::add);
        }
        return plans.stream()
                .filter(plan -> isForPostgres(configuration(project, ProjectPath.parent(plan))))
                .map(plan -> new Setup(ProjectPath.parent(plan), Optional.of(plan)))
                .toList();
    }

    private static boolean isForPostgres(SqitchConfiguration configuration) {
        return configuration
                .value("core", "engine")
                .filter(engine -> !engine.equals("pg"))
                .isEmpty();
    }

    private static SqitchConfiguration configuration(Project project, String directory) {
        return project.above(directory, CONFIGURATION)
                .flatMap(project::read)
                .map(SqitchConfiguration::parse)
                .orElseGet(SqitchConfiguration::empty);
    }

    @Override
    public Optional<String> home(String file, Project project) {
        for (String at = ProjectPath.parent(file); !at.isEmpty(); at = ProjectPath.parent(at)) {
            String directory = ProjectPath.parent(at);
            if (project.has(ProjectPath.in(directory, PLAN))) {
                return Optional.of(directory);
            }
        }
        return Optional.empty();
    }

    @Override
    public Migrations read(Project project, Setup setup) {
        Optional<SourceText> plan = project.read(ProjectPath.in(setup.directory(), PLAN));
        return plan.isEmpty() ? new Migrations(List.of(), List.of()) : new Reading(project, setup, plan.get()).read();
    }

    /** A plan being followed. */
    private static final class Reading {

        private final Project project;
        private final Setup setup;
        private final SourceText plan;
        private final SqitchConfiguration configuration;
        private final List<Migration> inOrder = new ArrayList<>();
        private final Map<String, Migration> undo = new HashMap<>();
        private final List<Lost> lost = new ArrayList<>();
        private final Set<String> deployed = new HashSet<>();

        Reading(Project project, Setup setup, SourceText plan) {
            this.project = project;
            this.setup = setup;
            this.plan = plan;
            this.configuration = configuration(project, setup.directory());
        }

        Migrations read() {
            for (Change change : SqitchPlan.changes(plan)) {
                see(change);
            }
            return new Migrations(inOrder, undo, ignored(), lost);
        }

        private void see(Change change) {
            String deploy = script(DEPLOY, change);
            deployed.add(deploy);
            String id = id(change, deploy);
            migration(id, deploy)
                    .ifPresentOrElse(
                            inOrder::add,
                            () -> lost.add(new Lost(
                                    new Place(plan, change.line()), "change " + change.name() + ": no " + deploy)));
            migration(id, script(REVERT, change)).ifPresent(script -> undo.put(id, script));
        }

        private static String id(Change change, String deploy) {
            int at = deploy.lastIndexOf('@');
            return change.reworkedAfter().isEmpty() || at < 0
                    ? change.name()
                    : change.name() + deploy.substring(at, deploy.length() - ".sql".length());
        }

        private Optional<Migration> migration(String id, String path) {
            return project.read(path).map(file -> {
                SourceText sent = PsqlScript.read(
                                project,
                                path,
                                file,
                                setup.directory(),
                                configuration.variables("core.variables", "engine.pg.variables", "deploy.variables"))
                        .text();
                return new Migration(id, Migration.Kind.VERSIONED, sent, PsqlScript.transactions(sent, false));
            });
        }

        /** A change that was made anew keeps its first script under the name of a tag. */
        private String script(String kind, Change change) {
            return change.reworkedAfter().stream()
                    .map(tag -> path(kind, change.name() + "@" + tag))
                    .filter(project::has)
                    .findFirst()
                    .orElse(path(kind, change.name()));
        }

        private String path(String kind, String name) {
            return ProjectPath.in(directory(kind), name + ".sql");
        }

        private String directory(String kind) {
            String top = configuration.value("core", "top_dir").orElse(".");
            return configuration
                    .value("core", kind + "_dir")
                    .flatMap(chosen -> ProjectPath.resolve(base(), chosen))
                    .orElseGet(
                            () -> ProjectPath.resolve(base(), top + "/" + kind).orElse(kind));
        }

        /** Directories in the configuration start from where it stands. */
        private String base() {
            return project.above(setup.directory(), CONFIGURATION)
                    .map(ProjectPath::parent)
                    .orElse(setup.directory());
        }

        private List<Ignored> ignored() {
            List<Ignored> ignored = new ArrayList<>();
            for (String path : project.files()) {
                if (!ProjectPath.endsWith(path, ".sql") || deployed.contains(path)) {
                    continue;
                }
                reason(path).ifPresent(reason -> ignored.add(new Ignored(project.shown(path), reason)));
            }
            return ignored;
        }

        private Optional<String> reason(String path) {
            if (ProjectPath.isBelow(path, directory(REVERT))) {
                return Optional.of("a revert script");
            }
            if (ProjectPath.isBelow(path, directory(VERIFY))) {
                return Optional.of("a verify script, which is rolled back");
            }
            return ProjectPath.isBelow(path, directory(DEPLOY)) ? Optional.of("not in the plan") : Optional.empty();
        }
    }
}
