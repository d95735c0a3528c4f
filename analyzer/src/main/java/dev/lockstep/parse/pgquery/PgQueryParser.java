package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.Lexer;
import dev.lockstep.parse.RawSqlParser;
import dev.lockstep.parse.Token;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.pgquery.PgQueryException;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement.Body;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import dev.lockstep.text.Utf8Offsets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** libpg_query's parse tree, mapped. */
public final class PgQueryParser implements RawSqlParser {

    /** Bodies within bodies are read so deep. */
    private static final int DEEPEST = 4;

    private final PgQuery pgQuery;
    private final TreeReader reader = new TreeReader();

    public PgQueryParser(PgQuery pgQuery) {
        this.pgQuery = pgQuery;
    }

    @Override
    public List<Statement> parse(Run run) {
        return parse(run, Set.of(), 0);
    }

    /** The same, of statements within code that has variables, {@code nesting} bodies deep. */
    List<Statement> parse(Run run, Set<String> variables, int nesting) {
        Utf8Offsets offsets = Utf8Offsets.encode(run.text(), run.span().start());
        List<TreeNode> trees = reader.read(tree(run, offsets)).list("stmts");
        if (trees.size() != run.statements().size()) {
            throw new Refused(
                    "the statements could not be told apart", run.span().start());
        }
        List<Statement> statements = new ArrayList<>(trees.size());
        for (int i = 0; i < trees.size(); i++) {
            TokenIndex tokens = new TokenIndex(run.content(), run.statements().get(i), run.places());
            MappingContext context = new MappingContext(tokens, offsets, run.written()::written, variables);
            statements.add(new StatementMapper(context, new Bodies(nesting))
                    .map(trees.get(i).node("stmt").orElse(TreeNode.EMPTY)));
        }
        return statements;
    }

    /** The statements of a text that ends none of them inside quotes; absent when PostgreSQL refuses any. */
    Optional<List<Statement>> statements(BodyText body, int nesting) {
        SqlFragments fragments = new SqlFragments(this, body, nesting);
        List<Statement> statements = new ArrayList<>();
        for (List<Token> tokens : split(body.text())) {
            fragments.statement(body.text(), tokens, Set.of()).ifPresent(statements::add);
        }
        return fragments.problems().isEmpty() ? Optional.of(List.copyOf(statements)) : Optional.empty();
    }

    /** The tokens of each statement; a semicolon inside parentheses ends none. */
    private static List<List<Token>> split(String text) {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        Lexer lexer = new Lexer(text, 0);
        int depth = 0;
        for (Token token = lexer.next(); !token.is(Token.Kind.END); token = lexer.next()) {
            depth += token.is(Token.Kind.OPEN) ? 1 : token.is(Token.Kind.CLOSE) ? -1 : 0;
            if (token.is(Token.Kind.SEMICOLON) && depth <= 0) {
                if (!current.isEmpty()) {
                    statements.add(List.copyOf(current));
                }
                current.clear();
            } else if (token.is(Token.Kind.PSQL_COMMAND)) {
                lexer.moveTo(token.start() + 1);
            } else if (!token.is(Token.Kind.COMMENT)) {
                current.add(token);
            }
        }
        if (!current.isEmpty()) {
            statements.add(List.copyOf(current));
        }
        return statements;
    }

    /** The bodies in statements that are themselves so many bodies deep. */
    private final class Bodies implements SqlBodies {

        private final int nesting;

        Bodies(int nesting) {
            this.nesting = nesting;
        }

        @Override
        public List<TreeNode> parse(String text) {
            try {
                return reader.read(pgQuery.parse(text.getBytes(StandardCharsets.UTF_8)))
                        .list("stmts");
            } catch (PgQueryException refused) {
                return List.of();
            }
        }

        @Override
        public Body read(
                TokenIndex statement,
                int first,
                int last,
                String source,
                String language,
                Collection<String> parameters) {
            Span span = statement.span(first, last);
            int start = statement.token(first).start();
            int end = statement.token(last).end();
            Optional<BodyText> text = nesting > DEEPEST
                    ? Optional.empty()
                    : first == last && statement.isLiteral(first)
                            ? BodyText.of(statement.content(), start, end, statement.places())
                            : Optional.of(BodyText.verbatim(statement.content(), start, end, statement.places()));
            if (text.isEmpty() || !(language.equals("plpgsql") || language.equals("sql"))) {
                return new Body(source, span, Optional.empty(), List.of());
            }
            SqlFragments fragments = new SqlFragments(PgQueryParser.this, text.get(), nesting);
            Code.Block code = language.equals("sql")
                    ? sql(text.get(), fragments, span)
                    : new PlpgsqlReader(text.get(), parameters, fragments).read();
            return new Body(source, span, Optional.of(code), problems(statement, fragments, language, span));
        }

        private Code.Block sql(BodyText text, SqlFragments fragments, Span span) {
            List<Code> statements = new ArrayList<>();
            for (List<Token> tokens : split(text.text())) {
                Span place = text.places()
                        .inFile(
                                tokens.get(0).start(),
                                tokens.get(tokens.size() - 1).end());
                // RETURN of the SQL standard gives a value, as SELECT does.
                Optional<Statement> read = tokens.size() > 1 && tokens.get(0).isWord(text.text(), "return")
                        ? Optional.of(new Statement.Select(
                                fragments
                                        .value(text.text(), tokens.subList(1, tokens.size()), Set.of())
                                        .query(),
                                place))
                        : fragments.statement(text.text(), tokens, Set.of());
                statements.add(read.<Code>map(one -> new Code.Sql(one, List.of(), place))
                        .orElse(new Code.Unread(place)));
            }
            return new Code.Block(Optional.empty(), List.of(), statements, List.of(), span);
        }

        /** PostgreSQL's own reader of PL/pgSQL has the last word, but it knows no position, and not the types of tables. */
        private List<Code.Problem> problems(TokenIndex statement, SqlFragments fragments, String language, Span body) {
            String text = statement.text(0, statement.size() - 1);
            if (!fragments.problems().isEmpty() || !language.equals("plpgsql") || text.contains("${")) {
                return fragments.problems();
            }
            try {
                pgQuery.parsePlpgsql(text.getBytes(StandardCharsets.UTF_8));
                return List.of();
            } catch (PgQueryException refused) {
                String message = firstLine(Objects.requireNonNullElse(refused.getMessage(), "refused"));
                return message.startsWith("syntax error") ? List.of(new Code.Problem(message, body, body)) : List.of();
            }
        }
    }

    private byte[] tree(Run run, Utf8Offsets offsets) {
        try {
            return pgQuery.parse(offsets.bytes());
        } catch (PgQueryException refused) {
            int character = refused.position().orElse(1) - 1;
            int offset = run.text().offsetByCodePoints(0, Math.min(character, codePoints(run.text())));
            throw new Refused(
                    firstLine(Objects.requireNonNullElse(refused.getMessage(), "refused")),
                    run.span().start() + offset);
        }
    }

    /** PostgreSQL quotes an unterminated token to the end of the text. */
    private static String firstLine(String message) {
        return message.lines()
                .limit(1)
                .map(line -> line.equals(message) ? line : line + "\"")
                .collect(Collectors.joining());
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }
}
