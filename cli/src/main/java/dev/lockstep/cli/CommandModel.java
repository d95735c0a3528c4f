package dev.lockstep.cli;

import dev.lockstep.source.MigrationSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Commands and options, as data: parsing and help both come from here. */
final class CommandModel {

    static final String LINT = "lint";
    static final String EXPLAIN = "explain";
    static final String RULES = "rules";
    static final String VERIFY = "verify";
    static final List<String> COMMANDS = List.of(LINT, EXPLAIN, VERIFY, RULES);

    private static final List<String> EXIT_CODES = List.of(
            "0:No finding at or over the --fail-on level.",
            "1:Findings at or over it.",
            "2:Wrong usage, no migrations found, or a file that can't be read.",
            "3:A defect of Lockstep; the stack trace is on standard error.");

    private CommandModel() {}

    /** With these commands alone: each that is built costs every run some milliseconds. */
    static CommandLine commandLine(int width, List<String> commands) {
        CommandSpec lockstep = command("lockstep");
        commands.forEach(name -> lockstep.addSubcommand(name, specification(name)));
        lockstep.addOption(flag("Print the version.", "-V", "--version"));
        lockstep.usageMessage()
                .description(
                        "Tells what PostgreSQL migrations do to a running database: which locks, on which tables, and what breaks.",
                        "",
                        "`lockstep [PATH...]` is `lockstep lint [PATH...]`.");
        exitCodes(lockstep.usageMessage());
        CommandLine commandLine = new CommandLine(lockstep);
        commandLine.setExpandAtFiles(false);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        commandLine.setUsageHelpWidth(Math.max(width, 60));
        return commandLine;
    }

    private static CommandSpec specification(String name) {
        return switch (name) {
            case LINT -> lint();
            case EXPLAIN -> explain();
            case VERIFY -> verify();
            case RULES -> rules();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static CommandSpec command(String name) {
        CommandSpec command = CommandSpec.create().name(name);
        command.addOption(flag("Print this help.", "-h", "--help"));
        command.usageMessage().sortOptions(false).abbreviateSynopsis(true);
        return command;
    }

    private static CommandSpec lint() {
        CommandSpec lint = command(LINT);
        lint.usageMessage()
                .description(
                        "Lints migrations.",
                        "",
                        "Without PATH, the current directory. Of a file, its directory's earlier migrations are replayed first, and only"
                                + " the file gets findings. Hidden folders, node_modules, target, build and out are skipped below a"
                                + " directory. Below a directory with several db/migration folders, each is a database of its own.");
        exitCodes(lint.usageMessage());
        addInput(lint);
        lint.addOption(option(
                "The report: " + Choices.list(Choices.FORMATS)
                        + ". Default: text. gcc is path:line:col: level: message [rule].",
                "FORMAT",
                "--format"));
        lint.addOption(option("Write the report to FILE instead of standard output.", "FILE", "--output"));
        lint.addOption(option(
                "Exit with 1 for findings of this level or above: " + Choices.list(Choices.THRESHOLDS)
                        + ". Default: error.",
                "LEVEL",
                "--fail-on"));
        lint.addOption(OptionSpec.builder("--rule")
                .paramLabel("ID=LEVEL")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Give a rule another level: " + Choices.list(Choices.LEVELS)
                        + ". May be repeated; names that other linters use are understood.")
                .build());
        lint.addOption(OptionSpec.builder("--set")
                .paramLabel("SETS")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Ask these rule sets besides safety: style, policy. Commas part several.")
                .build());
        lint.addOption(option(
                "The configuration. Default: the nearest lockstep.yml in the working directory or above it, within its repository.",
                "FILE",
                "--config"));
        lint.addOption(option(
                "Table sizes of the server, as the query in docs/table-sizes.md prints them: work on a small table is a note.",
                "FILE",
                "--stats"));
        lint.addOption(flag("Absolute paths in the gcc format.", "--absolute-paths"));
        lint.addOption(option(
                "Colours: " + Choices.list(Choices.COLOURS) + ". Default: auto, on a terminal unless NO_COLOR is set.",
                "WHEN",
                "--color"));
        lint.addOption(flag("Print findings and problems only.", "-q", "--quiet"));
        lint.addOption(flag("Also list what was passed over, and why.", "-v", "--verbose"));
        return lint;
    }

    private static CommandSpec explain() {
        CommandSpec explain = command(EXPLAIN);
        explain.usageMessage()
                .description(
                        "Explains migrations: per transaction, what each statement locks, what waits for it, and what it does.",
                        "",
                        "PATH is understood as `lockstep lint` understands it.");
        exitCodes(explain.usageMessage());
        addInput(explain);
        explain.addOption(option(
                "The form: " + Choices.list(Choices.EXPLANATION_FORMATS) + ". Default: text.", "FORMAT", "--format"));
        explain.addOption(option("Write to FILE instead of standard output.", "FILE", "--output"));
        explain.addOption(option("Colours: " + Choices.list(Choices.COLOURS) + ". Default: auto.", "WHEN", "--color"));
        explain.addOption(flag("Don't say which tool was assumed.", "-q", "--quiet"));
        return explain;
    }

    private static CommandSpec verify() {
        CommandSpec verify = command(VERIFY);
        verify.usageMessage()
                .description(
                        "Runs migrations on a scratch server, as their tool would, and compares what each statement did with what"
                                + " Lockstep predicts.",
                        "",
                        "A failing file ends where its tool would give up; the run goes on with the next file. Plain SQL files run as"
                                + " by psql -v ON_ERROR_STOP=1. The statements of --schema come first. Where there are undo scripts: forward, undo, compare the schema with"
                                + " the one before, forward again.");
        exitCodes(
                verify.usageMessage(),
                List.of(
                        "0:Every statement did what was predicted, and every undo script restores the schema.",
                        "1:A difference, or a statement that Lockstep does not know.",
                        "2:Wrong usage, no server, or a file that can't be run.",
                        "3:A defect of Lockstep; the stack trace is on standard error."));
        addPaths(verify);
        verify.addOption(option(
                "An empty database to run on, for good: jdbc:postgresql://host/database. The user and the password may come from"
                        + " PGUSER and PGPASSWORD.",
                "URL",
                "--url"));
        verify.addOption(option(
                "Start a server of this major version, 14 to 18, from the local Maven repository, and stop it at the end.",
                "VERSION",
                "--embedded"));
        verify.addOption(flag("Let the database of --url hold tables already.", "--allow-nonempty"));
        verify.addOption(option(
                "The report: " + Choices.list(Choices.VERIFICATION_FORMATS) + ". Default: text.",
                "FORMAT",
                "--format"));
        verify.addOption(option("Write the report to FILE instead of standard output.", "FILE", "--output"));
        verify.addOption(option("Colours: " + Choices.list(Choices.COLOURS) + ". Default: auto.", "WHEN", "--color"));
        verify.addOption(flag("Don't say which tool was assumed, nor which file is being run.", "-q", "--quiet"));
        return verify;
    }

    /** What every command that judges migrations takes. */
    private static void addInput(CommandSpec command) {
        addPaths(command);
        command.addOption(option(
                "The server's major version, 14 to 18. Default: a hazard on any of them counts.",
                "VERSION",
                "--pg-version"));
        command.addOption(option(
                "Judge only what is new since the merge base of this branch, tag or commit and HEAD, as one deploy; what is there is"
                        + " applied, and an edited applied file is a finding.",
                "GIT_REF",
                "--since"));
    }

    /** What every command that reads migrations takes. */
    private static void addPaths(CommandSpec command) {
        command.addPositional(PositionalParamSpec.builder()
                .paramLabel("PATH")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Files, directories, or - for standard input.")
                .build());
        command.addOption(option(
                "The migration tool: auto, " + String.join(", ", MigrationSources.tools())
                        + ". Default: auto, told from the file names.",
                "TOOL",
                "--tool"));
        command.addOption(
                flag("With --tool plain: psql runs each file with --single-transaction.", "--single-transaction"));
        command.addOption(flag(
                "Follow links and includes that lead out of the repository, or without one out of the directory.",
                "--follow-outside"));
        command.addOption(option(
                "With -: standard input stands in for this file, which need not exist.", "NAME", "--stdin-filename"));
        command.addOption(option(
                "The schema of the database before the migrations asked about, as pg_dump --schema-only writes it. It stands for all"
                        + " migrations that are only there to come before; what it does not make does not exist, and its tables"
                        + " hold rows.",
                "FILE",
                "--schema"));
    }

    private static CommandSpec rules() {
        CommandSpec rules = command(RULES);
        rules.usageMessage().description("Lists the rules, or prints one rule's page.");
        rules.addPositional(PositionalParamSpec.builder()
                .paramLabel("ID")
                .arity("0..1")
                .type(String.class)
                .description("A rule, by its id or by what another linter calls it.")
                .build());
        rules.addOption(option("text or json. Default: text.", "FORMAT", "--format"));
        rules.addOption(option("Colours: " + Choices.list(Choices.COLOURS) + ". Default: auto.", "WHEN", "--color"));
        return rules;
    }

    private static OptionSpec option(String description, String label, String... names) {
        return OptionSpec.builder(names)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private static void exitCodes(UsageMessageSpec usage) {
        exitCodes(usage, EXIT_CODES);
    }

    private static void exitCodes(UsageMessageSpec usage, List<String> lines) {
        Map<String, String> codes = new LinkedHashMap<>();
        lines.forEach(code -> codes.put(code.substring(0, 1), code.substring(2)));
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }
}
