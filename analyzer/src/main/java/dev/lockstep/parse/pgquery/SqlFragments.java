package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.PlaceholderText;
import dev.lockstep.parse.RawSqlParser.Refused;
import dev.lockstep.parse.RawSqlParser.Run;
import dev.lockstep.parse.Token;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parses the SQL within one body, and gathers what PostgreSQL refuses of it. */
final class SqlFragments {

    private static final String SELECT = "SELECT ";

    /** The statements in which PL/pgSQL puts its variables. */
    private static final Set<String> WITH_VARIABLES = Set.of(
            "select", "insert", "update", "delete", "merge", "with", "values", "perform", "call", "table", "return");

    private final PgQueryParser parser;
    private final BodyText body;
    private final PlaceholderText placeholders;
    private final int nesting;
    private final List<Code.Problem> problems = new ArrayList<>();

    SqlFragments(PgQueryParser parser, BodyText body, int nesting) {
        this.parser = parser;
        this.body = body;
        this.placeholders = new PlaceholderText(body.text());
        this.nesting = nesting;
    }

    /** What PostgreSQL refuses: it stops at the first. */
    List<Code.Problem> problems() {
        return problems.stream().limit(1).toList();
    }

    void problem(String message, Span span, Span statement) {
        problems.add(new Code.Problem(message, span, statement));
    }

    /**
     * A statement.
     *
     * @param shown the body, perhaps with parts of the statement blanked out
     * @param tokens of the statement
     */
    Optional<Statement> statement(String shown, List<Token> tokens, Set<String> variables) {
        Span span =
                new Span(tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
        String first = shown.substring(tokens.get(0).start(), tokens.get(0).end())
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean query = WITH_VARIABLES.contains(first) || first.startsWith("(");
        return parse(shown, span, "", tokens, query ? variables : Set.of());
    }

    /** An expression. */
    Code.Value value(String shown, List<Token> tokens, Set<String> variables) {
        Span span =
                new Span(tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
        Span place = body.places().inFile(span.start(), span.end());
        if (span.start() < SELECT.length()) {
            return new Code.Value(Query.NONE, place);
        }
        Query query = parse(shown, span, SELECT, tokens, variables)
                .filter(Statement.Select.class::isInstance)
                .map(select -> ((Statement.Select) select).query())
                .orElse(Query.NONE);
        return new Code.Value(query, place);
    }

    private Optional<Statement> parse(
            String shown, Span span, String prefix, List<Token> tokens, Set<String> variables) {
        Run run = new Run(
                shown,
                new Span(span.start() - prefix.length(), span.end()),
                prefix + masked(shown, span, tokens),
                List.of(tokens),
                placeholders::written,
                body.places());
        try {
            return Optional.of(parser.parse(run, variables, nesting + 1).get(0));
        } catch (Refused refused) {
            Token at = tokens.stream()
                    .filter(token -> token.end() > refused.offset())
                    .findFirst()
                    .orElse(tokens.get(tokens.size() - 1));
            problem(
                    refused.reason(),
                    body.places().inFile(at.start(), at.end()),
                    body.places().inFile(span.start(), span.end()));
            return Optional.empty();
        }
    }

    /** With an identifier in the place of each placeholder. */
    private String masked(String shown, Span span, List<Token> tokens) {
        String written = shown.substring(span.start(), span.end());
        if (!written.contains("${")) {
            return written;
        }
        StringBuilder masked = new StringBuilder(written);
        for (Token token : tokens) {
            if (token.is(Token.Kind.WORD)) {
                placeholders.see(token);
                masked.replace(
                        token.start() - span.start(), token.end() - span.start(), placeholders.text(token.span()));
            }
        }
        return masked.toString();
    }

    Code.DynamicSql dynamic(Span place) {
        return new DynamicText(parser, place, nesting + 1);
    }

    /** Text that is only known when the code runs. */
    private record DynamicText(PgQueryParser parser, Span place, int nesting) implements Code.DynamicSql {

        @Override
        public Optional<List<Statement>> read(String text) {
            return parser.statements(BodyText.madeAt(text, place), nesting);
        }
    }
}
