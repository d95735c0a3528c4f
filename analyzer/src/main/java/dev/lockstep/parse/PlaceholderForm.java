package dev.lockstep.parse;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How migration tools and templates write a text that is to be filled in. None of these is SQL where it stands. */
enum PlaceholderForm {
    /** {@code ${name}}: Flyway, Liquibase, goose. */
    DOLLAR('$', "\\$\\{([^}\\n{';]*)}"),
    /** <code>{{ name }}</code>: templates. */
    BRACES('{', "\\{\\{\\s*([^{}\\n;]*?)\\s*}}"),
    /** {@code @@name@@}. */
    AT_SIGNS('@', "@@([\\w.-]+)@@"),
    /** {@code %(name)s}: Python. */
    PERCENT('%', "%\\((\\w+)\\)s\\b"),
    /** {@code :'name'}: psql, as a string. */
    PSQL_STRING(':', ":'(\\w+)'"),
    /** {@code :"name"}: psql, as an identifier. */
    PSQL_IDENTIFIER(':', ":\"(\\w+)\""),
    /** {@code :name}: psql, as it is. */
    PSQL(':', ":(\\w+)");

    private static final String FIRST_CHARACTERS = "${@%:";

    private static final List<PlaceholderForm> FORMS = List.of(values());

    private final char first;
    private final Pattern pattern;

    PlaceholderForm(char first, String pattern) {
        this.first = first;
        this.pattern = Pattern.compile(pattern, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /**
     * A placeholder in a text.
     *
     * @param name without its marks
     */
    record Found(PlaceholderForm form, String name, int start, int end) {}

    boolean isPsql() {
        return this == PSQL || this == PSQL_STRING || this == PSQL_IDENTIFIER;
    }

    /** What stands at {@code at}. */
    static Optional<Found> at(String text, int at) {
        if (at >= text.length() || FIRST_CHARACTERS.indexOf(text.charAt(at)) < 0) {
            return Optional.empty();
        }
        for (PlaceholderForm form : FORMS) {
            if (text.charAt(at) == form.first) {
                Matcher matcher = form.pattern.matcher(text).region(at, text.length());
                if (matcher.lookingAt()) {
                    return Optional.of(new Found(form, matcher.group(1), at, matcher.end()));
                }
            }
        }
        return Optional.empty();
    }
}
