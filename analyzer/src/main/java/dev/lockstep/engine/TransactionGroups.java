package dev.lockstep.engine;

import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which files a tool runs in the transaction of the file before, because it groups the migrations of a deploy. */
final class TransactionGroups {

    private static final String NOT_ALIKE =
            "Detected both transactional and non-transactional migrations within the same migration group";

    /** By ordinal, for the members of groups. */
    private final Map<Integer, Member> members = new HashMap<>();

    /**
     * A file of a group.
     *
     * @param joins whether it runs in the transaction of the file before
     * @param goesOn whether the next file runs in its transaction
     */
    record Member(FileTransaction transaction, boolean joins, boolean goesOn) {}

    /** @param decide what the tool does with a file by itself */
    TransactionGroups(Deploys deploys, Function<Planned, FileTransaction> decide) {
        if (deploys.grouping() == Grouping.EACH_FILE) {
            return;
        }
        List<Integer> group = new ArrayList<>();
        List<Planned> planned = deploys.inOrder();
        for (int i = 0; i < planned.size(); i++) {
            if (planned.get(i).judging() == Judging.HISTORY_ONLY) {
                continue;
            }
            if (!group.isEmpty()
                    && planned.get(group.get(0)).deploy() != planned.get(i).deploy()) {
                add(group, planned, deploys.grouping(), decide);
                group.clear();
            }
            group.add(i);
        }
        add(group, planned, deploys.grouping(), decide);
    }

    /** What the tool does with the file; by itself or as one of its group. */
    Optional<Member> member(int ordinal) {
        return Optional.ofNullable(members.get(ordinal));
    }

    private void add(
            List<Integer> group, List<Planned> planned, Grouping grouping, Function<Planned, FileTransaction> decide) {
        if (group.size() < 2) {
            return;
        }
        List<FileTransaction> alone = group.stream()
                .map(ordinal -> decide.apply(planned.get(ordinal)))
                .toList();
        boolean shared = alone.stream().allMatch(transaction -> transaction.mode() == Mode.ONE_TRANSACTION);
        boolean refused = false;
        for (int i = 0; i < group.size(); i++) {
            FileTransaction transaction = alone.get(i);
            boolean differs = transaction.mode() != alone.get(0).mode();
            if (grouping == Grouping.WHOLE_DEPLOY && differs && !refused) {
                refused = true;
                transaction = new FileTransaction(transaction.mode(), Optional.of(new Refusal(0, NOT_ALIKE)));
            } else if (grouping == Grouping.WHOLE_DEPLOY_MIXED && !shared) {
                transaction = new FileTransaction(Mode.AUTOCOMMIT, transaction.refusal());
            }
            members.put(group.get(i), new Member(transaction, shared && i > 0, shared && i < group.size() - 1));
        }
    }
}
