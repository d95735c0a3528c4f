package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The lock table as a page to read. */
public final class LockTablePage {

    private static final String MANUAL = "https://www.postgresql.org/docs/current/";

    private static final String INTRODUCTION = """
            # What statements lock, and what they do under the lock

            This page is generated from the table the lock model works with. Every line is tried, with the samples it carries, on real servers of
            each version in its range, and compared exactly: the strongest lock on each table, index and sequence, what was scanned, built and
            rewritten, whether a transaction block allows it, and how it fails.

            Every line whose condition holds adds its part: read those of a form together. *may* marks a lock that is taken only when rows, or
            something a migration does not tell, ask for it. A line without a lock speaks of work under a lock that another line gives. The
            relations *below* a table are its partitions and the tables that inherit from it; ONLY leaves them alone. A foreign key's lock on the
            referenced table, and every other lock on a relation that the statement does not name, is listed like any other.

            ## What waits

            | lock | waits behind it |
            |---|---|
            """;

    private LockTablePage() {}

    /** In Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (LockMode mode : LockMode.values()) {
            page.append("| ")
                    .append(mode.sql())
                    .append(" | ")
                    .append(waiting(mode))
                    .append(" |\n");
        }
        for (LockTable.Theme theme : LockTable.themes()) {
            page.append("\n## ").append(theme.title()).append('\n');
            theme.rows().stream()
                    .collect(Collectors.groupingBy(LockTablePage::heading, LinkedHashMap::new, Collectors.toList()))
                    .forEach((heading, rows) -> {
                        page.append("\n### ").append(heading).append("\n\n");
                        page.append("| when | versions | locks and work | fails |\n|---|---|---|---|\n");
                        rows.forEach(row -> page.append(line(row)));
                    });
        }
        return page.toString();
    }

    private static String heading(LockRow<?> row) {
        return "[" + row.form() + "](" + MANUAL + row.manual() + ".html)";
    }

    private static String waiting(LockMode mode) {
        if (mode.blocksReads() || mode.blocksWrites()) {
            return mode.blocked()
                    + (mode.conflictsWith(LockMode.SHARE_UPDATE_EXCLUSIVE) ? ", other schema changes" : "");
        }
        List<String> conflicts = new ArrayList<>();
        for (LockMode other : LockMode.values()) {
            if (mode.conflictsWith(other)) {
                conflicts.add(other.sql());
            }
        }
        return String.join(", ", conflicts);
    }

    private static String line(LockRow<?> row) {
        String condition = row.condition().isEmpty() ? "always" : row.condition();
        return "| " + condition + " | " + versions(row) + " | " + effects(row) + " | " + failures(row) + " |\n";
    }

    private static String versions(LockRow<?> row) {
        if (row.from() == row.to()) {
            return row.from().toString();
        }
        if (row.from() == PgVersion.V14) {
            return row.to() == PgVersion.V18 ? "all" : "to " + row.to();
        }
        return row.to() == PgVersion.V18 ? "from " + row.from() : row.from() + " to " + row.to();
    }

    private static String effects(LockRow<?> row) {
        List<String> words =
                row.effects().stream().map(LockTablePage::effect).collect(Collectors.toCollection(ArrayList::new));
        if (!row.allowedInTransactionBlock()) {
            words.add("not in a transaction block");
        }
        return words.isEmpty() && row.failures().isEmpty() ? "no relation" : String.join("<br>", words);
    }

    private static String effect(LockRow.Effect<?> effect) {
        String lock = effect.mode()
                .map(mode -> (effect.certain() ? "" : "*may* ") + "**" + mode.sql() + "**")
                .orElse("");
        String work = effect.work() == Work.NONE ? "" : effect.work().words();
        return effect.role().words() + ": " + lock + (lock.isEmpty() || work.isEmpty() ? "" : ", ") + work;
    }

    private static String failures(LockRow<?> row) {
        return row.failures().stream()
                .map(failure -> failure.sqlState() + " " + failure.when().words() + ": " + failure.message())
                .collect(Collectors.joining("<br>"));
    }
}
