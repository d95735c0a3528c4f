package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the command runs.
 *
 * @param directory the working directory, absolute
 * @param variables environment variables
 * @param terminal whether standard output is a terminal
 */
public record Environment(Path directory, Map<String, String> variables, boolean terminal) {

    private static final int DEFAULT_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;

    public Environment {
        variables = Map.copyOf(variables);
    }

    static Environment ofProcess() {
        return new Environment(Path.of("").toAbsolutePath(), System.getenv(), isTerminal());
    }

    /** The launcher knows; else the console tells, except on Java 22 to 24, where there is one even in a pipe. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        String known = System.getProperty("lockstep.terminal", "");
        if (!known.isEmpty()) {
            return Boolean.parseBoolean(known);
        }
        int java = Runtime.version().feature();
        return (java < 22 || java > 24) && System.console() != null;
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Columns to write in. */
    int width() {
        return variable("COLUMNS")
                .filter(columns -> columns.matches("[1-9][0-9]{0,3}"))
                .map(Integer::valueOf)
                .map(columns -> Math.max(columns, LEAST_WIDTH))
                .orElse(DEFAULT_WIDTH);
    }

    boolean wantsNoColour() {
        return variable("NO_COLOR").isPresent()
                || variable("TERM").filter("dumb"::equals).isPresent();
    }
}
