package dev.lockstep.rules.support;

import dev.lockstep.catalog.Invocation;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.text.Span;
import java.util.Optional;
import java.util.stream.Stream;

/** The code that a DO or a CALL runs. */
public final class CodeOf {

    private CodeOf() {}

    public static Optional<Code.Block> block(StatementContext context) {
        if (context.statement() instanceof RoutineStatement.DoBlock block) {
            return block.body().code();
        }
        return context.statement() instanceof RoutineStatement.Call call
                ? Invocation.of(call, context.before()).flatMap(Invocation::code)
                : Optional.empty();
    }

    /** Every statement of the code, those inside others too. */
    public static Stream<Code> statements(StatementContext context) {
        return block(context).stream().flatMap(Code::within);
    }

    /** Whether the statement stands in a loop of a DO block of its file. */
    public static boolean isInLoop(StatementContext context) {
        return loop(context).isPresent();
    }

    /** The outermost loop of a DO block of its file that the statement stands in. */
    public static Optional<Code.Loop> loop(StatementContext context) {
        if (context.transaction().openedBy() != Opener.CODE) {
            return Optional.empty();
        }
        Span span = context.statement().span();
        return context.script().statements().stream()
                .filter(RoutineStatement.DoBlock.class::isInstance)
                .filter(outer -> outer.span().contains(span))
                .flatMap(outer -> ((RoutineStatement.DoBlock) outer).body().code().stream())
                .flatMap(Code::within)
                .filter(code -> code instanceof Code.Loop && code.span().contains(span))
                .map(Code.Loop.class::cast)
                .findFirst();
    }
}
