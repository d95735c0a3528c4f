package dev.lockstep.engine;

import dev.lockstep.engine.Explanation.End;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The statements of a file that commit together. */
record TransactionGroup(List<Step> steps, Opener openedBy, End end) {

    TransactionGroup {
        steps = List.copyOf(steps);
    }

    /** All of a file, in order. */
    static List<TransactionGroup> of(List<Step> steps) {
        List<TransactionGroup> groups = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = from + 1;
            while (to < steps.size()
                    && steps.get(to).now().equals(steps.get(from).now())) {
                to++;
            }
            groups.add(group(steps.subList(from, to), to == steps.size()));
            from = to;
        }
        return groups;
    }

    private static TransactionGroup group(List<Step> together, boolean last) {
        Opener opener = Opener.NOBODY;
        for (Step step : together) {
            opener = step.transaction().inBlock() ? step.transaction().openedBy() : opener;
        }
        return new TransactionGroup(together, opener, end(together, opener, last));
    }

    private static End end(List<Step> together, Opener opener, boolean last) {
        if (together.get(together.size() - 1).statement() instanceof Statement.Transaction control) {
            switch (control.kind()) {
                case COMMIT, PREPARE -> {
                    return End.COMMIT;
                }
                case ROLLBACK -> {
                    return End.ROLLBACK;
                }
                default -> {}
            }
        }
        return switch (opener) {
            case NOBODY -> End.STATEMENT;
            case TOOL -> End.FILE;
            case STRING -> End.STRING;
            case FILE -> last ? End.DISCONNECT : End.COMMIT;
        };
    }

    /** Those that do something: not BEGIN, COMMIT and their kin. */
    int statements() {
        return (int) steps.stream()
                .filter(step -> !(step.statement() instanceof Statement.Transaction))
                .count();
    }
}
