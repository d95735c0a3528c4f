package dev.lockstep.source.psql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A meta-command on a line of its own.
 *
 * @param name in lower case, with its backslash
 * @param arguments with variables filled in; an argument that needs an unknown value is empty
 */
record Command(String name, List<Optional<String>> arguments) {

    static Command parse(String line, Variables variables) {
        int end = 1;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != '\\') {
            end++;
        }
        List<Optional<String>> arguments = new ArrayList<>();
        int at = end;
        while (at < line.length() && line.charAt(at) != '\\') {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            int from = at;
            at = argumentEnd(line, at);
            arguments.add(value(line.substring(from, at), variables));
        }
        return new Command(line.substring(0, end).toLowerCase(Locale.ROOT), arguments);
    }

    private static int argumentEnd(String line, int from) {
        int at = from;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at)) && line.charAt(at) != '\\') {
            char c = line.charAt(at);
            at = c == '\'' || c == '"' || c == '`' ? Quoting.indexOrEnd(line, c, at + 1) + 1 : at + 1;
        }
        return Math.min(at, line.length());
    }

    private static Optional<String> value(String argument, Variables variables) {
        if (argument.indexOf('`') >= 0) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        for (int at = 0; at < argument.length(); ) {
            char c = argument.charAt(at);
            if (c == '\'' || c == '"') {
                int end = Quoting.indexOrEnd(argument, c, at + 1);
                value.append(argument, at + 1, end);
                at = end + 1;
                continue;
            }
            Matcher reference = Variables.REFERENCE.matcher(argument).region(at, argument.length());
            if (c == ':' && reference.lookingAt()) {
                Optional<String> known = variables.value(reference);
                if (known.isEmpty()) {
                    return Optional.empty();
                }
                value.append(known.get());
                at = reference.end();
            } else {
                value.append(c);
                at++;
            }
        }
        return Optional.of(value.toString());
    }

    /** The argument at an index, if there is one and its value is known. */
    Optional<String> argument(int index) {
        return index < arguments.size() ? arguments.get(index) : Optional.empty();
    }

    /** All arguments from the one at {@code index} on, as {@code \set} joins them. */
    Optional<String> joined(int index) {
        StringBuilder joined = new StringBuilder();
        for (Optional<String> argument : arguments.subList(Math.min(index, arguments.size()), arguments.size())) {
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            joined.append(argument.get());
        }
        return Optional.of(joined.toString());
    }
}
