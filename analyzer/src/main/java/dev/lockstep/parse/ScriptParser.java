package dev.lockstep.parse;

import dev.lockstep.parse.RawSqlParser.Places;
import dev.lockstep.parse.RawSqlParser.Refused;
import dev.lockstep.parse.RawSqlParser.Run;
import dev.lockstep.parse.pgquery.PgQueryParser;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Parses scripts with recovery: statements go to the parser in runs; a refused run goes again one by one; and a refused statement that
 * swallowed its neighbours, for want of a parenthesis or a quote, gives them back.
 */
public final class ScriptParser implements SqlParser {

    /** Long enough to make calls cheap, short enough to keep the parse tree of a huge file small. */
    private static final int LONGEST_RUN = 1 << 16;

    /** The run after a resumption, which may have to be read once more: the run after that may be twice as long. */
    private static final int SHORTEST_RUN = 1 << 7;

    /** Reading on after an unclosed quote may go to the end of the file each time; past this, the rest of the file is one problem. */
    private static final long MOST_REREAD_CHARACTERS = 1 << 25;

    /** Meta-commands that change nothing but psql's own looks and variables. */
    private static final Set<String> HARMLESS_COMMANDS = Set.of(
            "\\set",
            "\\unset",
            "\\echo",
            "\\qecho",
            "\\warn",
            "\\timing",
            "\\pset",
            "\\x",
            "\\t",
            "\\a",
            "\\encoding",
            "\\prompt",
            "\\o",
            "\\p",
            "\\elif",
            "\\else",
            "\\endif",
            "\\g",
            "\\gx",
            "\\gset",
            "\\r",
            "\\q",
            "\\.",
            "\\restrict",
            "\\unrestrict");

    /** Meta-commands that read a file. */
    private static final Set<String> FILE_COMMANDS = Set.of("\\i", "\\ir", "\\include", "\\include_relative");

    /** The words a statement of a migration starts with. */
    private static final Set<String> STATEMENT_STARTERS = Set.of(
            "alter",
            "analyze",
            "begin",
            "call",
            "cluster",
            "comment",
            "commit",
            "copy",
            "create",
            "delete",
            "do",
            "drop",
            "grant",
            "insert",
            "lock",
            "merge",
            "refresh",
            "reindex",
            "reset",
            "revoke",
            "rollback",
            "select",
            "set",
            "truncate",
            "update",
            "vacuum",
            "with");

    private final RawSqlParser parser;

    public ScriptParser(RawSqlParser parser) {
        this.parser = parser;
    }

    /** With the parser of this process: machine code where it loads. */
    public static ScriptParser create() {
        return new ScriptParser(new PgQueryParser(PgQuery.instance()));
    }

    @Override
    public ParsedScript parse(SourceText source) {
        return new Reading(source).read();
    }

    /** What a statement is called whose effects its text does not show, or the model does not hold. */
    private static Optional<String> opaque(Statement statement) {
        if (statement instanceof Statement.Unmodelled unmodelled) {
            return Optional.of(unmodelled.node());
        }
        if (statement instanceof SessionStatement.Execute) {
            return Optional.of("EXECUTE");
        }
        return statement instanceof Statement.AlterTable alter
                ? alter.actions().stream()
                        .filter(AlterAction.Other.class::isInstance)
                        .map(action -> ((AlterAction.Other) action).words())
                        .findFirst()
                : Optional.empty();
    }

    /** What PostgreSQL refuses within the body of a statement. */
    private static List<Code.Problem> body(Statement statement) {
        if (statement instanceof RoutineStatement.DoBlock block) {
            return block.body().problems();
        }
        return statement instanceof RoutineStatement.CreateFunction create
                ? create.body().map(RoutineStatement.Body::problems).orElse(List.of())
                : List.of();
    }

    /** One file being read. */
    private final class Reading {

        private final SourceText source;
        private final String content;
        private final ScriptSplitter splitter;
        private final PlaceholderText text;
        private final List<Statement> statements = new ArrayList<>();
        private final List<SyntaxProblem> problems = new ArrayList<>();
        private final List<NotUnderstood> notUnderstood = new ArrayList<>();
        private int longestRun = LONGEST_RUN;
        private long reread;

        Reading(SourceText source) {
            this.source = source;
            this.content = source.content();
            this.splitter = new ScriptSplitter(content);
            this.text = new PlaceholderText(content);
        }

        ParsedScript read() {
            List<ScriptPiece> run = new ArrayList<>();
            int at = 0;
            while (true) {
                Optional<ScriptPiece> next = splitter.next(at);
                boolean full = !run.isEmpty()
                        && (next.isEmpty()
                                || next.get().kind() != ScriptPiece.Kind.STATEMENT
                                || next.get().span().end() - run.get(0).span().start() > longestRun);
                if (full) {
                    OptionalInt resume = parseRun(run);
                    run.clear();
                    longestRun = resume.isPresent() ? SHORTEST_RUN : Math.min(2 * longestRun, LONGEST_RUN);
                    if (resume.isPresent()) {
                        reread += at - resume.getAsInt();
                        at = resume.getAsInt();
                        forgetFrom(at);
                        continue;
                    }
                }
                if (next.isEmpty()) {
                    return result();
                }
                ScriptPiece piece = next.get();
                at = piece.end();
                if (piece.kind() == ScriptPiece.Kind.STATEMENT) {
                    piece.tokens().stream()
                            .filter(token -> mayBePlaceholder(token))
                            .forEach(text::see);
                    run.add(piece);
                } else {
                    text.blank(piece.span());
                    noteCommand(piece);
                }
            }
        }

        private boolean mayBePlaceholder(Token token) {
            return token.is(Token.Kind.WORD)
                    || (content.charAt(token.start()) == ':' && !token.is(Token.Kind.OPERATOR));
        }

        /** What stands at or after {@code offset} will be read again. */
        private void forgetFrom(int offset) {
            splitter.resumeAt(offset);
            text.forgetFrom(offset);
        }

        private void noteCommand(ScriptPiece piece) {
            if (piece.kind() == ScriptPiece.Kind.COPY_DATA) {
                return;
            }
            String[] words =
                    content.substring(piece.span().start(), piece.span().end()).split("\\s+", 3);
            String command = words[0].toLowerCase(Locale.ROOT);
            if (!HARMLESS_COMMANDS.contains(command)) {
                boolean namesFile = FILE_COMMANDS.contains(command) && words.length > 1;
                notUnderstood.add(
                        new NotUnderstood("psql " + command + (namesFile ? " " + words[1] : ""), piece.span()));
            }
        }

        /** Parses a run; returns where to go on reading when a refused statement had swallowed what follows it. */
        private OptionalInt parseRun(List<ScriptPiece> run) {
            boolean sound = run.stream().allMatch(piece -> piece.invalid().isEmpty());
            if (sound) {
                try {
                    addAll(parser.parse(run(run)));
                    return OptionalInt.empty();
                } catch (Refused refused) {
                    if (run.size() == 1) {
                        return refuse(run.get(0), refused);
                    }
                }
            }
            for (ScriptPiece piece : run) {
                try {
                    addAll(parser.parse(isUnterminated(piece) ? cut(piece) : run(List.of(piece))));
                } catch (Refused refused) {
                    OptionalInt resume = refuse(piece, refused);
                    if (resume.isPresent()) {
                        return resume;
                    }
                }
            }
            return OptionalInt.empty();
        }

        /** Whether the piece runs to the end of the file in a quote, a comment or a body. */
        private boolean isUnterminated(ScriptPiece piece) {
            Token last = piece.tokens().get(piece.tokens().size() - 1);
            boolean body = piece.invalid().isPresent() && piece.invalid().equals(piece.innerSemicolon());
            return body || (last.is(Token.Kind.INVALID) && last.end() == content.length());
        }

        /** What PostgreSQL needs to see of an unterminated piece to refuse it: the first line that was meant to end it. */
        private Run cut(ScriptPiece piece) {
            int end = meantEnd(piece).orElse(piece.span().end());
            Span span = new Span(piece.span().start(), end);
            return new Run(content, span, text.text(span), List.of(piece.tokens()), text::written, Places.SAME);
        }

        private Run run(List<ScriptPiece> pieces) {
            Span span = pieces.get(0).span().union(pieces.get(pieces.size() - 1).span());
            return new Run(
                    content,
                    span,
                    text.text(span),
                    pieces.stream().map(ScriptPiece::tokens).toList(),
                    text::written,
                    Places.SAME);
        }

        private void addAll(List<Statement> parsed) {
            for (Statement statement : parsed) {
                statements.add(statement);
                opaque(statement).ifPresent(what -> notUnderstood.add(new NotUnderstood(what, statement.span())));
                for (Code.Problem problem : body(statement)) {
                    problems.add(new SyntaxProblem(problem.message(), problem.span(), problem.statement()));
                    notUnderstood.add(new NotUnderstood("syntax error", problem.statement()));
                }
            }
        }

        /** Records a refused statement, cut off where the text shows that it was meant to end. */
        private OptionalInt refuse(ScriptPiece piece, Refused refused) {
            OptionalInt resume =
                    reread < MOST_REREAD_CHARACTERS ? resumption(piece, refused.offset()) : OptionalInt.empty();
            int end = lastTokenEnd(piece, resume.orElse(piece.span().end()));
            Span statement = new Span(piece.span().start(), end);
            Optional<String> placeholder = text.firstIn(statement);
            if (placeholder.isPresent()) {
                notUnderstood.add(new NotUnderstood("what becomes of " + placeholder.get(), statement));
                return resume;
            }
            problems.add(new SyntaxProblem(refused.reason(), tokenAt(refused.offset(), piece), statement));
            notUnderstood.add(new NotUnderstood("syntax error", statement));
            return resume;
        }

        private OptionalInt resumption(ScriptPiece piece, int refusedAt) {
            OptionalInt swallowed = swallowedEnd(piece.tokens().stream()
                    .filter(token -> !isDollarQuoted(token))
                    .toList());
            if (swallowed.isPresent() && swallowed.getAsInt() <= refusedAt) {
                return swallowed;
            }
            OptionalInt unseparated = unseparatedStatement(piece.tokens(), refusedAt);
            return unseparated.isPresent() ? unseparated : meantEnd(piece);
        }

        /** The bodies of functions hold semicolons by nature. */
        private boolean isDollarQuoted(Token token) {
            return token.is(Token.Kind.STRING) && content.charAt(token.start()) == '$';
        }

        /** Where a piece may have been meant to end, if not where it does. */
        private OptionalInt meantEnd(ScriptPiece piece) {
            return piece.innerSemicolon().isPresent() ? piece.innerSemicolon() : swallowedEnd(piece.tokens());
        }

        /** Where a new statement starts for which a semicolon is missing: the refused words are the first of their line. */
        private OptionalInt unseparatedStatement(List<Token> tokens, int refusedAt) {
            int depth = 0;
            int lineFirst = 0;
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (i > 0
                        && content.substring(tokens.get(i - 1).end(), token.start())
                                        .indexOf('\n')
                                >= 0) {
                    lineFirst = i;
                }
                if (token.end() > refusedAt) {
                    boolean starts =
                            lineFirst > 0 && i - lineFirst <= 1 && depth == 0 && startsStatement(tokens.get(lineFirst));
                    return starts ? OptionalInt.of(tokens.get(lineFirst).start()) : OptionalInt.empty();
                }
                depth += token.is(Token.Kind.OPEN) ? 1 : token.is(Token.Kind.CLOSE) ? -1 : 0;
            }
            return OptionalInt.empty();
        }

        private boolean startsStatement(Token token) {
            return token.is(Token.Kind.WORD)
                    && STATEMENT_STARTERS.contains(
                            content.substring(token.start(), token.end()).toLowerCase(Locale.ROOT));
        }

        /** The first semicolon that ends a line inside a quoted token: it may have been meant to end the statement. */
        private OptionalInt swallowedEnd(List<Token> tokens) {
            int semicolon = -1;
            for (Token token : tokens) {
                if (semicolon < token.start()) {
                    semicolon = indexOrEnd(';', token.start());
                }
                for (; semicolon < token.end(); semicolon = indexOrEnd(';', semicolon + 1)) {
                    if (endsLine(semicolon + 1)) {
                        return OptionalInt.of(semicolon + 1);
                    }
                }
            }
            return OptionalInt.empty();
        }

        private int indexOrEnd(char wanted, int from) {
            int found = content.indexOf(wanted, from);
            return found < 0 ? content.length() : found;
        }

        /** Whether nothing but blanks and a comment follow on the line. */
        private boolean endsLine(int from) {
            int at = from;
            while (at < content.length() && content.charAt(at) != '\n' && Lexer.isSpace(content.charAt(at))) {
                at++;
            }
            return at == content.length() || content.charAt(at) == '\n' || content.startsWith("--", at);
        }

        /** Where the piece's last token before {@code end} ends; {@code end} itself when it is inside a token. */
        private static int lastTokenEnd(ScriptPiece piece, int end) {
            int last = piece.span().start();
            for (Token token : piece.tokens()) {
                if (token.start() >= end) {
                    break;
                }
                last = Math.min(token.end(), end);
            }
            return last;
        }

        private Span tokenAt(int offset, ScriptPiece piece) {
            if (offset >= piece.span().end()) {
                Token last = piece.tokens().get(piece.tokens().size() - 1);
                return last.span();
            }
            for (Token token : piece.tokens()) {
                if (token.end() > offset) {
                    int lineEnd = content.indexOf('\n', token.start());
                    int end = lineEnd < 0 ? token.end() : Math.min(token.end(), lineEnd);
                    return new Span(token.start(), Math.max(token.start(), end));
                }
            }
            return piece.span();
        }

        private ParsedScript result() {
            return new ParsedScript(
                    source,
                    statements,
                    problems,
                    notUnderstood,
                    splitter.comments().stream().map(this::comment).toList(),
                    text.placeholders());
        }

        private Comment comment(Token token) {
            return Comment.of(content.substring(token.start(), token.end()), token.span());
        }
    }
}
