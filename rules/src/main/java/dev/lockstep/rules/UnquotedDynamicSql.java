package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SQL put together from text that is not quoted. */
final class UnquotedDynamicSql implements StatementRule {

    private static final Cause PARAMETER = new Cause(
            "parameter",
            Severity.WARNING,
            Hazard.NONE,
            "The SQL that {0} runs is put together with its parameter {1}, which nothing quotes: whoever"
                    + " calls it decides what is run.",
            "Use format with %I for names and %L for values, or EXECUTE … USING for values.");

    private static final Cause NAME = new Cause(
            "name",
            Severity.NOTE,
            Hazard.NONE,
            "The SQL is put together with {1}, which nothing quotes: a name with capital letters or a space"
                    + " breaks it.",
            "Use format with %I for names and %L for values.");

    /** A place of {@code format}: its argument's number, if it says one, and what becomes of it. */
    private static final Pattern FORMAT_PLACE = Pattern.compile("%(?:(\\d+)\\$)?-?\\d*([sIL%])");

    private static final Set<String> TEXTS =
            Set.of("text", "varchar", "character varying", "name", "bpchar", "char", "regclass");

    private static final RuleInfo INFO = new RuleInfo(
            "unquoted-dynamic-sql",
            "Code runs SQL that it puts together from text without quoting it",
            RuleInfo.Category.COMPATIBILITY,
            RuleSet.SAFETY,
            "0.1",
            List.of("pgspot:PS017"),
            List.of(PARAMETER, NAME),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof RoutineStatement.CreateFunction create) {
            Set<String> texts = create.parameters().stream()
                    .filter(parameter -> parameter.mode().isInput()
                            && isText(parameter.type().name()))
                    .flatMap(parameter -> parameter.name().stream())
                    .collect(Collectors.toSet());
            create.body()
                    .flatMap(RoutineStatement.Body::code)
                    .ifPresent(code -> unquoted(code, texts)
                            .forEach(found -> report.report(Hit.at(
                                    found.span(), PARAMETER, create.function().toString(), found.variable()))));
        } else if (context.statement() instanceof RoutineStatement.DoBlock block) {
            block.body()
                    .code()
                    .ifPresent(code -> unquoted(code, declaredTexts(code))
                            .forEach(found -> report.report(Hit.at(found.span(), NAME, "", found.variable()))));
        }
    }

    private record Found(Span span, String variable) {}

    private static Set<String> declaredTexts(Code.Block block) {
        return block.within()
                .filter(Code.Block.class::isInstance)
                .flatMap(code -> ((Code.Block) code).declarations().stream())
                .filter(variable -> isText(variable.type().toLowerCase(Locale.ROOT)))
                .map(Code.Variable::name)
                .collect(Collectors.toSet());
    }

    private static Stream<Found> unquoted(Code.Block block, Set<String> texts) {
        return block.within()
                .filter(Code.Execute.class::isInstance)
                .map(Code.Execute.class::cast)
                .flatMap(execute -> execute.text().expression().stream()
                        .flatMap(text -> unquoted(text).filter(texts::contains).limit(1))
                        .map(variable -> new Found(execute.text().span(), variable)));
    }

    /** The variables whose text goes into the whole as it is. */
    private static Stream<String> unquoted(Expression text) {
        if (text instanceof Expression.Variable variable) {
            return Stream.of(String.join(".", variable.parts()));
        }
        if (text instanceof Expression.Operation operation
                && operation.operator().equals("||")) {
            return Stream.concat(
                    operation.left().stream().flatMap(UnquotedDynamicSql::unquoted), unquoted(operation.right()));
        }
        if (text instanceof Expression.Cast cast) {
            return unquoted(cast.operand());
        }
        return text instanceof Expression.FunctionCall call && call.name().equals("format")
                ? formatted(call.arguments())
                : Stream.of();
    }

    /** The arguments of {@code format} that a {@code %s} takes. */
    private static Stream<String> formatted(List<Expression> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof Expression.Literal format)) {
            return Stream.of();
        }
        List<Expression> plain = new ArrayList<>();
        Matcher place = FORMAT_PLACE.matcher(format.text());
        int next = 1;
        while (place.find()) {
            if (place.group(2).equals("%")) {
                continue;
            }
            int at = place.group(1) == null ? next++ : Integer.parseInt(place.group(1));
            if (place.group(2).equals("s") && at < arguments.size()) {
                plain.add(arguments.get(at));
            }
        }
        return plain.stream().flatMap(UnquotedDynamicSql::unquoted);
    }

    private static boolean isText(String type) {
        return TEXTS.contains(type);
    }
}
