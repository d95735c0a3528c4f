package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.engine.AnalysisResult.Run;
import dev.lockstep.engine.AnalysisResult.RunTransaction;
import dev.lockstep.rule.Transaction.Opener;
import java.util.ArrayList;
import java.util.List;

/** What of a migration is one transaction, on one line. */
final class RunWords {

    private RunWords() {}

    static String line(Run run) {
        String path = Printable.of(run.migration().source().path());
        if (run.refusal().isPresent()) {
            return path + ": refused by the migration tool: "
                    + Printable.of(run.refusal().get().reason());
        }
        List<String> parts = new ArrayList<>();
        int alone = 0;
        for (RunTransaction transaction : run.transactions()) {
            if (transaction.statements() == 0) {
                continue;
            }
            if (transaction.openedBy() == Opener.NOBODY) {
                alone += transaction.statements();
                continue;
            }
            alone = flush(alone, parts);
            parts.add(words(transaction));
        }
        flush(alone, parts);
        return path + ": " + (parts.isEmpty() ? "nothing to run" : String.join("; then ", parts));
    }

    private static int flush(int alone, List<String> parts) {
        if (alone > 0) {
            parts.add(statements(alone) + (alone == 1 ? " that commits by itself" : " that commit by themselves"));
        }
        return 0;
    }

    private static String words(RunTransaction transaction) {
        String what = "one transaction of " + statements(transaction.statements());
        String opener = switch (transaction.openedBy()) {
            case TOOL -> ", opened by the migration tool";
            case FILE -> ", opened by BEGIN in the file";
            case STRING -> ", because the migration tool sends them in one string";
            case NOBODY, CODE -> "";
        };
        String end = switch (transaction.end()) {
            case COMMIT -> ", ended by COMMIT in the file";
            case ROLLBACK -> ", undone by ROLLBACK in the file";
            case DISCONNECT -> ", which nothing commits";
            case NEXT_FILE -> ", which goes on in the next file";
            case FILE, STRING, STATEMENT -> "";
        };
        return what + opener + end;
    }

    private static String statements(int count) {
        return count + (count == 1 ? " statement" : " statements");
    }
}
