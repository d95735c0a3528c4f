package dev.lockstep.engine;

import dev.lockstep.engine.Explanation.End;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.engine.TransactionGroups.Member;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a file that commit together.
 *
 * @param joins whether they run in the transaction that the file before left open
 */
record CommittedTogether(List<Step> steps, Opener openedBy, End end, boolean joins) {

    CommittedTogether {
        steps = List.copyOf(steps);
    }

    /** All of a file, in order. */
    static List<CommittedTogether> of(ReplayedFile file) {
        List<Step> steps = file.steps();
        List<CommittedTogether> groups = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = from + 1;
            while (to < steps.size()
                    && steps.get(to).now().equals(steps.get(from).now())) {
                to++;
            }
            groups.add(group(file.member(), steps.subList(from, to), from == 0, to == steps.size()));
            from = to;
        }
        return groups;
    }

    private static CommittedTogether group(Member member, List<Step> together, boolean first, boolean last) {
        Opener opener = Opener.NOBODY;
        for (Step step : together) {
            opener = step.transaction().inBlock() ? step.transaction().openedBy() : opener;
        }
        return new CommittedTogether(
                together, opener, end(together, opener, last, member.goesOn()), first && member.joins());
    }

    private static End end(List<Step> together, Opener opener, boolean last, boolean goesOn) {
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
            case NOBODY, CODE -> End.STATEMENT;
            case TOOL -> last && goesOn ? End.NEXT_FILE : End.FILE;
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
