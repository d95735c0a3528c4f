package dev.lockstep.source.psql;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.DerivedText;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What psql sends of a script: variables that the script sets are filled in, included files stand in place of their names, sides of conditions
 * that can't run are left out, {@code \copy} is COPY. What is not known stays as it is written.
 */
public final class PsqlScript {

    private static final int DEEPEST_INCLUDE = 50;

    /** A COPY whose rows follow in the script. */
    private static final Pattern COPY_FROM_SCRIPT = Pattern.compile("(?is)\\s*copy\\b.*\\bfrom\\s+stdin\\b.*");

    private final Project project;
    private final String workingDirectory;
    private final Variables variables;
    private final Conditions conditions = new Conditions();
    private final DerivedText sent = new DerivedText();
    private final Deque<String> including = new ArrayDeque<>();
    private final Set<String> included = new HashSet<>();
    private boolean changed;

    private PsqlScript(Project project, String workingDirectory, Map<String, String> given) {
        this.project = project;
        this.workingDirectory = workingDirectory;
        this.variables = new Variables(given);
    }

    /**
     * What is sent.
     *
     * @param included the files that stand in it besides the script's own, by their paths in the project
     */
    public record Sent(SourceText text, Set<String> included) {
        public Sent {
            included = Set.copyOf(included);
        }
    }

    /**
     * Reads a script.
     *
     * @param workingDirectory where psql is run, which {@code \i} starts from
     * @param given the variables that psql is called with, as far as known
     */
    public static Sent read(
            Project project, String path, SourceText file, String workingDirectory, Map<String, String> given) {
        if (file.content().indexOf('\\') < 0 && given.isEmpty()) {
            return new Sent(file, Set.of());
        }
        PsqlScript script = new PsqlScript(project, workingDirectory, given);
        script.include(path, file);
        return new Sent(script.changed ? script.sent.build(file) : file, script.included);
    }

    /** Statement by statement, but what {@code \;} joins at once. */
    public static TransactionRule transactions(SourceText sent, boolean singleTransaction) {
        return TransactionRule.of(
                singleTransaction ? Mode.BEGIN_AND_COMMIT : Mode.AUTOCOMMIT,
                (before, statement) -> sent.content()
                        .substring(before.end(), Math.max(before.end(), statement.start()))
                        .contains("\\;"));
    }

    private void include(String path, SourceText file) {
        including.push(path);
        new Reading(path, file).read();
        including.pop();
    }

    /** One file being read. */
    private final class Reading {

        private final String path;
        private final SourceText file;
        private final String text;
        private int at;
        private int done;
        private int statement;
        private boolean quit;

        Reading(String path, SourceText file) {
            this.path = path;
            this.file = file;
            this.text = file.content();
        }

        void read() {
            while (at < text.length() && !quit) {
                char c = text.charAt(at);
                int quoted = Quoting.skip(text, at);
                if (quoted > at) {
                    pass(c, quoted);
                } else if (c == '\\') {
                    command();
                } else if (c == ':') {
                    colon();
                } else if (c == ';') {
                    at++;
                    copyRows();
                    statement = at;
                } else {
                    at++;
                }
            }
            flush(Math.min(at, text.length()));
        }

        /** Comments before a statement are no part of it. */
        private void pass(char first, int end) {
            boolean comment = first == '-' || first == '/';
            if (comment && text.substring(statement, at).isBlank()) {
                statement = end;
            }
            at = end;
        }

        /** What was read up to here is sent as it stands, if it can run. */
        private void flush(int end) {
            if (conditions.active()) {
                sent.copy(file, new Span(done, Math.max(done, end)));
            } else {
                changed = true;
            }
            done = end;
        }

        private void replace(int end, String by) {
            flush(at);
            if (conditions.active()) {
                sent.insert(by, file, new Span(at, end));
            }
            at = end;
            done = end;
            changed = true;
        }

        private void colon() {
            if (text.startsWith("::", at) || text.startsWith(":=", at)) {
                at += 2;
                return;
            }
            Matcher reference = Variables.REFERENCE.matcher(text).region(at, text.length());
            Optional<String> value = reference.lookingAt() ? variables.value(reference) : Optional.empty();
            if (value.isPresent()) {
                replace(reference.end(), value.get());
            } else {
                at++;
            }
        }

        private void copyRows() {
            if (!COPY_FROM_SCRIPT.matcher(text.substring(statement, at)).matches()) {
                return;
            }
            int lineEnd = Quoting.indexOrEnd(text, '\n', at);
            int end = text.indexOf("\n\\.", lineEnd);
            at = end < 0 ? text.length() : Quoting.indexOrEnd(text, '\n', end + 1);
        }

        private void command() {
            if (text.startsWith("\\;", at)) {
                at += 2;
                statement = at;
                return;
            }
            int end = Quoting.indexOrEnd(text, '\n', at);
            Command command = Command.parse(text.substring(at, end).stripTrailing(), variables);
            boolean wasActive = conditions.active();
            flush(at);
            if (conditions.decided(command)) {
                leaveOut(end);
            } else if (!wasActive) {
                at = end;
            } else {
                run(command, end);
            }
            statement = at;
        }

        private void leaveOut(int end) {
            at = end;
            done = end;
            changed = true;
        }

        private void run(Command command, int end) {
            switch (command.name()) {
                case "\\set" -> set(command);
                case "\\unset" ->
                    command.argument(0).ifPresent(conditions.certain() ? variables::unset : variables::forget);
                case "\\prompt" ->
                    command.argument(command.arguments().size() - 1).ifPresent(variables::forget);
                case "\\q", "\\quit" -> quit = conditions.certain();
                default -> {}
            }
            if (quit) {
                leaveOut(end);
                return;
            }
            Optional<String> included = included(command);
            Optional<SourceText> target = included.flatMap(project::read);
            if (target.isPresent()) {
                leaveOut(end);
                PsqlScript.this.included.add(included.get());
                include(included.get(), target.get());
            } else if (command.name().equals("\\copy")) {
                CopyCommand.parse(file, new Span(at, end))
                        .ifPresentOrElse(
                                copy -> {
                                    copy.sendTo(sent);
                                    leaveOut(copy.endOfRows(text));
                                },
                                () -> at = end);
            } else {
                at = end;
            }
        }

        private void set(Command command) {
            Optional<String> name = command.argument(0);
            Optional<String> value = command.joined(1);
            if (name.isPresent() && value.isPresent() && conditions.certain()) {
                variables.set(name.get(), value.get());
            } else {
                name.ifPresent(variables::forget);
            }
        }

        private Optional<String> included(Command command) {
            if (including.size() > DEEPEST_INCLUDE) {
                return Optional.empty();
            }
            String here = ProjectPath.parent(path);
            Stream<String> directories = switch (command.name()) {
                case "\\i", "\\include" -> Stream.of(workingDirectory, here, "");
                case "\\ir", "\\include_relative" -> Stream.of(here);
                default -> Stream.empty();
            };
            return command.argument(0)
                    .flatMap(name -> directories
                            .flatMap(directory -> ProjectPath.resolve(directory, name).stream())
                            .filter(project::has)
                            .filter(found -> !including.contains(found))
                            .findFirst());
        }
    }
}
