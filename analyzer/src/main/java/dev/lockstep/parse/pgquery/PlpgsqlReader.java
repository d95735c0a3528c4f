package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.Lexer;
import dev.lockstep.parse.Token;
import dev.lockstep.parse.Token.Kind;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Code.Head;
import dev.lockstep.sql.Code.Value;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.NameRules;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a PL/pgSQL body from its tokens by the rules of PostgreSQL's own reader ({@code pl_gram.y}): it too cuts SQL and expressions out
 * at the next semicolon or keyword outside parentheses. What it can't make sense of is {@link Code.Unread}, up to the next semicolon.
 */
final class PlpgsqlReader {

    /** Words that no variable can be called by. */
    private static final Set<String> RESERVED = Set.of(
            "all", "begin", "by", "case", "declare", "else", "end", "execute", "for", "foreach", "from", "if", "in",
            "into", "loop", "not", "null", "or", "strict", "then", "to", "using", "when", "while");

    /** What every trigger function may use; {@code found} is there in every body. */
    private static final Set<String> SPECIAL = Set.of(
            "found",
            "new",
            "old",
            "tg_name",
            "tg_when",
            "tg_level",
            "tg_op",
            "tg_relid",
            "tg_relname",
            "tg_table_name",
            "tg_table_schema",
            "tg_nargs",
            "tg_argv",
            "sqlstate",
            "sqlerrm");

    private static final Set<String> QUERY_STARTERS =
            Set.of("select", "with", "values", "table", "insert", "update", "delete", "merge", "show", "explain");

    /** Deeper blocks are given up: no thread's stack should depend on what people write. */
    private static final int DEEPEST = 200;

    private final BodyText body;
    private final String text;
    private final SqlFragments fragments;
    private final List<Token> tokens = new ArrayList<>();
    private final Set<String> variables = new HashSet<>(SPECIAL);
    private int at;
    private int depth;

    PlpgsqlReader(BodyText body, Collection<String> parameters, SqlFragments fragments) {
        this.body = body;
        this.text = body.text();
        this.fragments = fragments;
        variables.addAll(parameters);
        Lexer lexer = new Lexer(text, 0);
        for (Token token = lexer.next(); !token.is(Kind.END); token = lexer.next()) {
            if (token.is(Kind.PSQL_COMMAND)) {
                lexer.moveTo(token.start() + 1);
            } else if (!token.is(Kind.COMMENT)) {
                tokens.add(token);
            }
        }
    }

    /** The whole body; without a block in it, an empty one that says it was not read. */
    Code.Block read() {
        while (at + 2 < tokens.size() && isOperator(at, "#")) {
            at += 3;
        }
        Optional<String> label = label();
        if (isWord(at, "declare") || isWord(at, "begin")) {
            return block(label);
        }
        Span whole = body.places().inFile(0, text.length());
        if (!tokens.isEmpty()) {
            fragments.problem("syntax error at or near \"" + word(at) + "\"", span(at, at), whole);
        }
        return new Code.Block(label, List.of(), List.of(new Code.Unread(whole)), List.of(), whole);
    }

    private Optional<String> label() {
        if (isOperator(at, "<<") && at + 2 < tokens.size() && isOperator(at + 2, ">>")) {
            Optional<String> label = Optional.of(name(at + 1));
            at += 3;
            return label;
        }
        return Optional.empty();
    }

    private Code.Block block(Optional<String> label) {
        int first = at;
        List<Code.Variable> declarations = new ArrayList<>();
        while (take("declare")) {
            while (at < tokens.size() && !isWord(at, "begin") && !isWord(at, "declare")) {
                declaration().ifPresent(declarations::add);
            }
        }
        expect("begin", first);
        List<Code> statements = statements("end", "exception");
        List<Code.Handler> handlers = new ArrayList<>();
        if (take("exception")) {
            while (take("when")) {
                List<String> conditions = conditions();
                handlers.add(new Code.Handler(conditions, statements("end", "when")));
            }
        }
        expect("end", first);
        if (at < tokens.size() && isName(at) && !isSemicolon(at)) {
            at++;
        }
        Span span = span(first, Math.max(first, at - 1));
        takeSemicolon();
        return new Code.Block(label, declarations, statements, handlers, span);
    }

    private List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        while (at < tokens.size() && !isWord(at, "then")) {
            if (isWord(at, "sqlstate")
                    && at + 1 < tokens.size()
                    && tokens.get(at + 1).is(Kind.STRING)) {
                conditions.add(unquoted(at + 1));
                at++;
            } else if (isName(at) && !isWord(at, "or")) {
                String name = name(at);
                conditions.add(
                        name.equals("others") ? "*" : Conditions.state(name).orElse("?"));
            }
            at++;
        }
        take("then");
        return conditions;
    }

    private Optional<Code.Variable> declaration() {
        if (!isName(at)) {
            skipStatement();
            return Optional.empty();
        }
        int first = at;
        String name = name(at++);
        variables.add(name);
        int end = semicolonFrom(at);
        if (isWord(at, "alias")) {
            at = end + 1;
            return Optional.of(new Code.Variable(name, "alias", Optional.empty(), Optional.empty()));
        }
        take("constant");
        int cursor = find("cursor", at, Math.min(at + 3, end));
        if (cursor >= 0) {
            return Optional.of(cursor(name, cursor, first, end));
        }
        int typeEnd = at;
        while (typeEnd < end
                && !isWord(typeEnd, "default")
                && !isAssignment(typeEnd)
                && !isWord(typeEnd, "collate")
                && !(isWord(typeEnd, "not") && isWord(typeEnd + 1, "null"))) {
            typeEnd += tokens.get(typeEnd).is(Kind.OPEN) ? closing(typeEnd, end) - typeEnd + 1 : 1;
        }
        String type = typeEnd > at ? written(at, typeEnd - 1).toLowerCase(Locale.ROOT) : "";
        int value = typeEnd;
        while (value < end && !isWord(value, "default") && !isAssignment(value)) {
            value++;
        }
        Optional<Value> initial = value + 1 < end ? Optional.of(value(value + 1, end)) : Optional.empty();
        at = Math.min(end + 1, tokens.size());
        return Optional.of(new Code.Variable(name, type, initial, Optional.empty()));
    }

    /** {@code name [NO SCROLL] CURSOR [(arguments)] FOR query}. */
    private Code.Variable cursor(String name, int cursor, int first, int end) {
        int query = cursor + 1;
        if (query < end && isOpen(query)) {
            int close = closing(query, end);
            for (int i = query + 1; i < close; i++) {
                if (isName(i) && (i == query + 1 || tokens.get(i - 1).is(Kind.COMMA))) {
                    variables.add(name(i));
                }
            }
            query = close + 1;
        }
        Optional<Statement> statement =
                isWord(query, "for") || isWord(query, "is") ? statement(query + 1, end, first) : Optional.empty();
        at = Math.min(end + 1, tokens.size());
        return new Code.Variable(name, "refcursor", Optional.empty(), statement);
    }

    /** Statements up to, not including, one of the words. */
    private List<Code> statements(String... ends) {
        List<Code> found = new ArrayList<>();
        depth++;
        while (at < tokens.size() && !isAny(at, ends)) {
            int before = at;
            if (isSemicolon(at)) {
                at++;
                continue;
            }
            found.add(depth > DEEPEST ? unread() : statement());
            if (at == before) {
                found.add(refuse());
            }
        }
        depth--;
        return found;
    }

    private Code statement() {
        Optional<String> label = label();
        if (isAssigned()) {
            return assignment();
        }
        String word = at < tokens.size() && tokens.get(at).is(Kind.WORD) ? word(at).toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "declare", "begin" -> block(label);
            case "if" -> choice();
            case "case" -> isCaseStatement() ? cases() : sql();
            case "loop" -> {
                int first = at++;
                yield loop(label, new Head.Forever(), first);
            }
            case "while" -> {
                int first = at++;
                Value condition = valueUntil("loop");
                take("loop");
                yield loop(label, new Head.While(condition), first);
            }
            case "for" -> forLoop(label);
            case "foreach" -> foreach(label);
            case "exit", "continue" -> exit();
            case "return" -> returning();
            case "raise" -> raise();
            case "assert" -> {
                int first = at++;
                int end = semicolonFrom(at);
                int comma = comma(at, end);
                yield new Code.Assert(value(at, comma), finish(first, end));
            }
            case "execute" -> {
                int first = at;
                int end = semicolonFrom(at);
                Code.Execute execute = execute(at, end);
                finish(first, end);
                yield execute;
            }
            case "perform" -> perform();
            case "get" -> diagnostics();
            case "open" -> open();
            case "fetch", "move", "close" -> {
                int first = at;
                int end = semicolonFrom(at);
                int into = find("into", at, end);
                yield new Code.CursorMove(into < 0 ? List.of() : names(into + 1, end), finish(first, end));
            }
            case "commit", "rollback" -> transactionEnd();
            case "null" -> {
                int first = at;
                yield new Code.Nothing(finish(first, semicolonFrom(at)));
            }
            default -> sql();
        };
    }

    private Code unread() {
        int first = at;
        return new Code.Unread(finish(first, semicolonFrom(at)));
    }

    /** What no statement starts with. */
    private Code refuse() {
        int first = at;
        int end = semicolonFrom(at);
        Span whole = span(first, Math.max(first, Math.min(end, tokens.size()) - 1));
        fragments.problem("syntax error at or near \"" + word(first) + "\"", span(first, first), whole);
        at = Math.max(first + 1, Math.min(end + 1, tokens.size()));
        return new Code.Unread(whole);
    }

    private boolean isAssigned() {
        if (at >= tokens.size()) {
            return false;
        }
        Token first = tokens.get(at);
        boolean name = first.is(Kind.PARAMETER)
                || first.is(Kind.QUOTED_IDENTIFIER)
                || (first.is(Kind.WORD) && !RESERVED.contains(word(at).toLowerCase(Locale.ROOT)));
        return name && isAssignment(targetEnd(at));
    }

    /** The index after a variable with its fields and subscripts. */
    private int targetEnd(int first) {
        int next = first + 1;
        while (next < tokens.size()) {
            if (isOperator(next, ".") && next + 1 < tokens.size()) {
                next += 2;
            } else if (tokens.get(next).is(Kind.OPEN)
                    && text.charAt(tokens.get(next).start()) == '[') {
                next = closing(next, tokens.size()) + 1;
            } else {
                break;
            }
        }
        return next;
    }

    private Code assignment() {
        int first = at;
        int operator = targetEnd(at);
        int end = semicolonFrom(operator);
        Value value = value(operator + 1, end);
        return new Code.Assign(name(first), operator == first + 1, value, finish(first, end));
    }

    private Code choice() {
        int first = at++;
        List<Code.Branch> branches = new ArrayList<>();
        List<Code> otherwise = List.of();
        branches.add(branch());
        while (at < tokens.size()) {
            if (take("elsif") || take("elseif")) {
                branches.add(branch());
            } else if (take("else")) {
                otherwise = statements("end");
            } else {
                break;
            }
        }
        expect("end", first);
        expect("if", first);
        return new Code.Choice(branches, otherwise, closed(first));
    }

    private Code.Branch branch() {
        Value condition = valueUntil("then");
        take("then");
        return new Code.Branch(condition, statements("end", "elsif", "elseif", "else"));
    }

    /** CASE at the start of a statement can only be PL/pgSQL's. */
    private boolean isCaseStatement() {
        return find("when", at, tokens.size()) > 0;
    }

    private Code cases() {
        int first = at++;
        Optional<Value> subject = isWord(at, "when") ? Optional.empty() : Optional.of(valueUntil("when"));
        List<Code.Branch> branches = new ArrayList<>();
        while (take("when")) {
            Value condition = valueUntil("then");
            take("then");
            Value compared = subject.map(value -> equal(value, condition)).orElse(condition);
            branches.add(new Code.Branch(compared, statements("end", "when", "else")));
        }
        List<Code> otherwise = take("else") ? statements("end") : List.of();
        expect("end", first);
        expect("case", first);
        return new Code.Choice(branches, otherwise, closed(first));
    }

    private static Value equal(Value subject, Value candidate) {
        Optional<Expression> comparison = subject.expression()
                .flatMap(left -> candidate
                        .expression()
                        .map(right -> new Expression.Operation(
                                Expression.Operation.Kind.PLAIN, "=", Optional.of(left), right)));
        List<Query.Output> outputs = comparison.stream()
                .map(value -> new Query.Output("?column?", value))
                .toList();
        return new Value(candidate.query().withOutputs(outputs), candidate.span());
    }

    private Code loop(Optional<String> label, Head head, int first) {
        List<Code> statements = statements("end");
        expect("end", first);
        expect("loop", first);
        if (at < tokens.size() && isName(at) && !isSemicolon(at)) {
            at++;
        }
        return new Code.Loop(label, head, statements, closed(first));
    }

    private Code forLoop(Optional<String> label) {
        int first = at++;
        int in = find("in", at, tokens.size());
        int loop = find("loop", at, tokens.size());
        if (in < 0 || loop < in) {
            return refuse();
        }
        List<String> targets = names(at, in);
        Head head = head(targets, in + 1, loop, first);
        at = loop + 1;
        return loop(label, head, first);
    }

    private Head head(List<String> targets, int from, int to, int first) {
        int dots = operator("..", from, to);
        if (dots >= 0) {
            targets.forEach(variables::add);
            boolean reverse = isWord(from, "reverse");
            int by = find("by", dots, to);
            return new Head.Integers(
                    targets.isEmpty() ? "" : targets.get(0),
                    value(reverse ? from + 1 : from, dots),
                    value(dots + 1, by < 0 ? to : by),
                    by < 0 ? Optional.empty() : Optional.of(value(by + 1, to)),
                    reverse);
        }
        if (isWord(from, "execute")) {
            return new Head.DynamicRows(targets, execute(from, to));
        }
        boolean query = isOpen(from)
                || (from < to
                        && tokens.get(from).is(Kind.WORD)
                        && QUERY_STARTERS.contains(word(from).toLowerCase(Locale.ROOT)));
        if (!query) {
            targets.forEach(variables::add);
            return new Head.CursorRows(targets.isEmpty() ? "" : targets.get(0), from < to ? name(from) : "");
        }
        Statement statement = statement(from, to, first)
                .orElseGet(() -> new Statement.Unmodelled("refused", span(from, Math.max(from, to - 1))));
        return new Head.Rows(targets, statement);
    }

    private Code foreach(Optional<String> label) {
        int first = at++;
        int loop = find("loop", at, tokens.size());
        int in = find("in", at, tokens.size());
        if (in < 0 || loop < in) {
            return refuse();
        }
        int slice = find("slice", at, in);
        List<String> targets = names(at, slice < 0 ? in : slice);
        int array = isWord(in + 1, "array") ? in + 2 : in + 1;
        Head head = new Head.Elements(targets, value(array, loop));
        at = loop + 1;
        return loop(label, head, first);
    }

    private Code exit() {
        int first = at;
        boolean iteration = isWord(at++, "continue");
        int end = semicolonFrom(at);
        int when = find("when", at, end);
        Optional<String> label = at < end && at != when ? Optional.of(name(at)) : Optional.empty();
        Optional<Value> condition = when < 0 ? Optional.empty() : Optional.of(value(when + 1, end));
        return new Code.Exit(iteration, label, condition, finish(first, end));
    }

    private Code returning() {
        int first = at++;
        int end = semicolonFrom(at);
        if (isWord(at, "query") && at + 1 < end && tokens.get(at + 1).kind() != Kind.OPERATOR) {
            boolean dynamic = isWord(at + 1, "execute");
            Optional<Code.Execute> execute = dynamic ? Optional.of(execute(at + 1, end)) : Optional.empty();
            Optional<Statement> query = dynamic ? Optional.empty() : statement(at + 1, end, first);
            return new Code.Return(false, Optional.empty(), query, execute, finish(first, end));
        }
        boolean next = isWord(at, "next");
        int from = next ? at + 1 : at;
        Optional<Value> value = from < end ? Optional.of(value(from, end)) : Optional.empty();
        return new Code.Return(!next, value, Optional.empty(), Optional.empty(), finish(first, end));
    }

    private Code raise() {
        int first = at++;
        int end = semicolonFrom(at);
        boolean again = at >= end;
        String level = at < end && tokens.get(at).is(Kind.WORD) ? word(at).toLowerCase(Locale.ROOT) : "";
        boolean leveled =
                Set.of("debug", "log", "info", "notice", "warning", "exception").contains(level);
        at += leveled ? 1 : 0;
        boolean fails = !leveled || level.equals("exception");
        int using = find("using", at, end);
        int optionsEnd = using < 0 ? end : using;
        Optional<String> state = again ? Optional.of("*") : fails ? Optional.of(state(using, end)) : Optional.empty();
        String message = at < optionsEnd && tokens.get(at).is(Kind.STRING) ? unquoted(at) : "";
        List<Value> values = new ArrayList<>();
        int from = comma(at, optionsEnd);
        while (from < optionsEnd) {
            int next = comma(from + 1, optionsEnd);
            values.add(value(from + 1, next));
            from = next;
        }
        for (int option = using; option >= 0 && option < end; option = next(option, end)) {
            int equals = option + 2;
            if (equals < end && isAssignment(equals)) {
                values.add(value(equals + 1, comma(equals, end)));
            }
        }
        return new Code.Raise(state, message, values, finish(first, end));
    }

    private int next(int option, int end) {
        return comma(option + 1, end);
    }

    /** The SQLSTATE of {@code RAISE condition}, {@code RAISE SQLSTATE '…'} or {@code USING ERRCODE = '…'}. */
    private String state(int using, int end) {
        if (isWord(at, "sqlstate") && at + 1 < end && tokens.get(at + 1).is(Kind.STRING)) {
            return unquoted(at + 1);
        }
        if (at < end && isName(at) && at != using) {
            return Conditions.state(name(at)).orElse("P0001");
        }
        int code = using < 0 ? -1 : find("errcode", using, end);
        if (code >= 0 && code + 2 < end && tokens.get(code + 2).is(Kind.STRING)) {
            String given = unquoted(code + 2);
            return given.matches("[0-9A-Z]{5}")
                    ? given
                    : Conditions.state(given).orElse("P0001");
        }
        return "P0001";
    }

    private Code.Execute execute(int first, int end) {
        int into = find("into", first + 1, end);
        int using = find("using", first + 1, end);
        int textEnd = Math.min(into < 0 ? end : into, using < 0 ? end : using);
        List<String> targets = into < 0 ? List.of() : names(into + 1, using > into ? using : end);
        List<Value> values = new ArrayList<>();
        int from = using;
        while (from >= 0 && from < (into > using ? into : end)) {
            int next = comma(from + 1, into > using ? into : end);
            values.add(value(from + 1, next));
            from = next;
        }
        Value command = value(first + 1, textEnd);
        return new Code.Execute(
                command, targets, values, fragments.dynamic(command.span()), span(first, Math.max(first, end - 1)));
    }

    private Code perform() {
        int first = at;
        int end = semicolonFrom(at);
        StringBuilder masked = new StringBuilder(text);
        masked.replace(tokens.get(first).start(), tokens.get(first).end(), "SELECT ");
        List<Token> statement = new ArrayList<>(tokens.subList(first, Math.min(end, tokens.size())));
        Optional<Statement> read = fragments.statement(masked.toString(), statement, variables);
        Span span = finish(first, end);
        return read.<Code>map(select -> new Code.Sql(select, List.of(), span)).orElse(new Code.Unread(span));
    }

    private Code diagnostics() {
        int first = at;
        int end = semicolonFrom(at);
        List<String> targets = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = first + 1; i + 1 < end; i++) {
            if (isName(i) && isAssignment(i + 1)) {
                targets.add(name(i));
                if (isWord(i + 2, "row_count")) {
                    counts.add(name(i));
                }
            }
        }
        return new Code.Diagnostics(targets, counts, finish(first, end));
    }

    private Code open() {
        int first = at;
        int end = semicolonFrom(at);
        String cursor = first + 1 < end ? name(first + 1) : "";
        int opened = find("for", first + 1, end);
        Optional<Code.Execute> dynamic =
                opened >= 0 && isWord(opened + 1, "execute") ? Optional.of(execute(opened + 1, end)) : Optional.empty();
        Optional<Statement> query =
                opened >= 0 && dynamic.isEmpty() ? statement(opened + 1, end, first) : Optional.empty();
        return new Code.Open(cursor, query, dynamic, finish(first, end));
    }

    private Code transactionEnd() {
        int first = at;
        int end = semicolonFrom(at);
        boolean chain = find("chain", first, end) >= 0 && find("no", first, end) < 0;
        return new Code.TransactionEnd(isWord(first, "commit"), chain, finish(first, end));
    }

    /** An SQL statement, without the INTO that is PL/pgSQL's own. */
    private Code sql() {
        int first = at;
        int end = semicolonFrom(at);
        if (end == first) {
            return refuse();
        }
        List<Token> statement = new ArrayList<>(tokens.subList(first, Math.min(end, tokens.size())));
        int into = intoOf(first, end);
        List<String> targets = List.of();
        String shown = text;
        if (into >= 0) {
            int from = isWord(into + 1, "strict") ? into + 2 : into + 1;
            int last = targetsEnd(from, end);
            targets = names(from, last);
            StringBuilder masked = new StringBuilder(text);
            for (int i = tokens.get(into).start(); i < tokens.get(last - 1).end(); i++) {
                masked.setCharAt(i, ' ');
            }
            shown = masked.toString();
            statement.subList(into - first, last - first).clear();
        }
        Optional<Statement> read =
                statement.isEmpty() ? Optional.empty() : fragments.statement(shown, statement, variables);
        Span span = finish(first, end);
        List<String> given = targets;
        return read.<Code>map(one -> new Code.Sql(one, given, span)).orElse(new Code.Unread(span));
    }

    private int intoOf(int first, int end) {
        if (isWord(first, "import")) {
            return -1;
        }
        for (int i = first + 1; i + 1 < end; i++) {
            if (isWord(i, "into") && !isWord(i - 1, "insert") && !isWord(i - 1, "merge")) {
                return i;
            }
        }
        return -1;
    }

    /** The index after {@code target {, target}}. */
    private int targetsEnd(int first, int end) {
        int next = Math.min(targetEnd(first), end);
        while (next + 1 < end && tokens.get(next).is(Kind.COMMA)) {
            next = Math.min(targetEnd(next + 1), end);
        }
        return Math.max(next, first);
    }

    private Optional<Statement> statement(int from, int to, int first) {
        int end = Math.min(to, tokens.size());
        if (from >= end) {
            fragments.problem("syntax error at end of input", span(first, first), span(first, first));
            return Optional.empty();
        }
        return fragments.statement(text, new ArrayList<>(tokens.subList(from, end)), variables);
    }

    private Value valueUntil(String keyword) {
        int end = find(keyword, at, tokens.size());
        int to = end < 0 ? semicolonFrom(at) : end;
        Value value = value(at, to);
        at = to;
        return value;
    }

    private Value value(int from, int to) {
        int end = Math.min(to, tokens.size());
        if (from >= end) {
            int near = Math.max(0, Math.min(from, tokens.size()) - 1);
            Span span = tokens.isEmpty() ? body.places().inFile(0, 0) : span(near, near);
            fragments.problem("missing expression", span, span);
            return new Value(Query.NONE, span);
        }
        return fragments.value(text, tokens.subList(from, end), variables);
    }

    // ---- tokens

    private boolean isWord(int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord(text, word);
    }

    private boolean isAny(int index, String... words) {
        for (String word : words) {
            if (isWord(index, word)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOperator(int index, String operator) {
        return index >= 0
                && index < tokens.size()
                && tokens.get(index).is(Kind.OPERATOR)
                && written(index, index).equals(operator);
    }

    private boolean isAssignment(int index) {
        return isOperator(index, ":=") || isOperator(index, "=");
    }

    private boolean isSemicolon(int index) {
        return index < tokens.size() && tokens.get(index).is(Kind.SEMICOLON);
    }

    private boolean isOpen(int index) {
        return index < tokens.size() && tokens.get(index).is(Kind.OPEN);
    }

    private boolean isName(int index) {
        return index < tokens.size()
                && (tokens.get(index).is(Kind.WORD) || tokens.get(index).is(Kind.QUOTED_IDENTIFIER));
    }

    private String written(int from, int to) {
        return text.substring(tokens.get(from).start(), tokens.get(to).end());
    }

    private String word(int index) {
        return index < tokens.size() ? written(index, index) : "end of input";
    }

    private String name(int index) {
        String word = word(index);
        return word.startsWith("\"") && word.length() > 1
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : NameRules.fold(word);
    }

    private String unquoted(int index) {
        Token token = tokens.get(index);
        return BodyText.of(text, token.start(), token.end(), Span::new)
                .map(BodyText::text)
                .orElse("");
    }

    private Span span(int from, int to) {
        int last = tokens.size() - 1;
        return body.places()
                .inFile(
                        tokens.get(Math.min(from, last)).start(),
                        tokens.get(Math.min(to, last)).end());
    }

    /** The variables named between two indexes, each by its first name. */
    private List<String> names(int from, int to) {
        List<String> names = new ArrayList<>();
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            boolean first = i == from || tokens.get(i - 1).is(Kind.COMMA);
            if (first && isName(i)) {
                names.add(name(i));
            }
        }
        return names;
    }

    /** The first such word outside parentheses, or -1; a semicolon ends the search. */
    private int find(String word, int from, int to) {
        int nested = 0;
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            Kind kind = tokens.get(i).kind();
            nested += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
            if (nested == 0 && isWord(i, word)) {
                return i;
            }
            if (kind == Kind.SEMICOLON) {
                return -1;
            }
        }
        return -1;
    }

    private int operator(String operator, int from, int to) {
        int nested = 0;
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            Kind kind = tokens.get(i).kind();
            nested += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
            if (nested == 0 && isOperator(i, operator)) {
                return i;
            }
        }
        return -1;
    }

    /** The first comma outside parentheses, or {@code to}. */
    private int comma(int from, int to) {
        int nested = 0;
        for (int i = from; i < to; i++) {
            Kind kind = tokens.get(i).kind();
            nested += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
            if (nested == 0 && kind == Kind.COMMA) {
                return i;
            }
        }
        return to;
    }

    private int closing(int open, int to) {
        int nested = 0;
        for (int i = open; i < Math.min(to, tokens.size()); i++) {
            Kind kind = tokens.get(i).kind();
            nested += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
            if (nested == 0) {
                return i;
            }
        }
        return Math.min(to, tokens.size()) - 1;
    }

    /** The index of the next semicolon, or of the end. */
    private int semicolonFrom(int from) {
        int i = from;
        while (i < tokens.size() && !isSemicolon(i)) {
            i++;
        }
        return i;
    }

    private boolean take(String word) {
        boolean found = isWord(at, word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String word, int first) {
        if (!take(word)) {
            int near = Math.max(0, Math.min(at, tokens.size() - 1));
            fragments.problem(
                    "syntax error at " + (at < tokens.size() ? "or near \"" + word(at) + "\"" : "end of input"),
                    span(near, near),
                    span(first, near));
        }
    }

    private void takeSemicolon() {
        at += isSemicolon(at) ? 1 : 0;
    }

    private void skipStatement() {
        at = Math.min(semicolonFrom(at) + 1, tokens.size());
    }

    /** Ends a statement at the semicolon at {@code end}. */
    private Span finish(int first, int end) {
        at = Math.min(end + 1, tokens.size());
        return span(first, Math.max(first, end - 1));
    }

    /** Ends a statement that ended itself. */
    private Span closed(int first) {
        Span span = span(first, Math.max(first, at - 1));
        takeSemicolon();
        return span;
    }
}
