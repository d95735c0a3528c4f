package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.RawSqlParser;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.pgquery.PgQueryException;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Utf8Offsets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** libpg_query's parse tree, mapped. */
public final class PgQueryParser implements RawSqlParser {

    private final PgQuery pgQuery;
    private final TreeReader reader = new TreeReader();

    public PgQueryParser(PgQuery pgQuery) {
        this.pgQuery = pgQuery;
    }

    @Override
    public List<Statement> parse(Run run) {
        Utf8Offsets offsets = Utf8Offsets.encode(run.text(), run.span().start());
        List<TreeNode> trees = reader.read(tree(run, offsets)).list("stmts");
        if (trees.size() != run.statements().size()) {
            throw new Refused(
                    "the statements could not be told apart", run.span().start());
        }
        List<Statement> statements = new ArrayList<>(trees.size());
        for (int i = 0; i < trees.size(); i++) {
            TokenIndex tokens = new TokenIndex(run.content(), run.statements().get(i));
            MappingContext context = new MappingContext(tokens, offsets, run.written()::written);
            statements.add(new StatementMapper(context, this::body)
                    .map(trees.get(i).node("stmt").orElse(TreeNode.EMPTY)));
        }
        return statements;
    }

    /** The statements of an SQL function's body; none when PostgreSQL refuses it. */
    private List<TreeNode> body(String text) {
        try {
            return reader.read(pgQuery.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .list("stmts");
        } catch (PgQueryException refused) {
            return List.of();
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
