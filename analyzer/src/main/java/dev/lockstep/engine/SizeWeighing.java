package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.TableSizes.Size;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.StatementContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How loud a finding about work is where the size of the tables is known. */
final class SizeWeighing {

    private static final long MEBIBYTE = 1L << 20;

    /** Up to here the work is over before anyone notices. */
    private static final long SMALL = 10 * MEBIBYTE;

    /** From here on it takes ten seconds and more. */
    private static final long LARGE = 1024 * MEBIBYTE;

    /** A disk that reads and writes at once; said in the message, so that the reader can put in their own. */
    private static final long BYTES_A_SECOND = 100 * MEBIBYTE;

    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");

    private final TableSizes sizes;

    SizeWeighing(TableSizes sizes) {
        this.sizes = sizes;
    }

    /** The finding as it is, unless its hazard is work and the size of every table worked on is known. */
    Finding weigh(Finding finding, Hazard hazard, StatementContext context) {
        if (hazard != Hazard.BLOCKING_WORK && hazard != Hazard.HELD_LOCK && hazard != Hazard.ROW_LOCKS) {
            return finding;
        }
        List<QualifiedName> worked = context.footprint().locks().stream()
                .filter(lock -> lock.work().growsWithTable())
                .map(RelationLock::relation)
                .filter(relation -> context.before().index(relation).value().isEmpty())
                .toList();
        List<Size> known =
                worked.stream().map(sizes::of).flatMap(Optional::stream).toList();
        if (worked.isEmpty() || known.size() < worked.size()) {
            return finding;
        }
        long bytes = known.stream().mapToLong(Size::bytes).sum();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < worked.size(); i++) {
            told.add(worked.get(i) + " " + holds(known.get(i)));
        }
        Severity severity = bytes <= SMALL ? Severity.NOTE : bytes >= LARGE ? Severity.ERROR : finding.severity();
        return finding.weighed(severity, String.join(", ", told) + duration(bytes) + ".");
    }

    private static String holds(Size size) {
        String rows = size.rows().isPresent()
                ? size.rows().getAsLong() == 1
                        ? "1 row, "
                        : String.format(Locale.ROOT, "%,d rows, ", size.rows().getAsLong())
                : "";
        return "has " + rows + pretty(size.bytes());
    }

    private static String duration(long bytes) {
        long seconds = bytes / BYTES_A_SECOND;
        if (bytes <= SMALL || seconds == 0) {
            return "";
        }
        String time = seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " minutes";
        return ": about " + time + " at 100 MB a second";
    }

    private static String pretty(long bytes) {
        int unit = 0;
        long size = bytes;
        while (size >= 10_240 && unit < UNITS.size() - 1) {
            size = (size + 512) / 1024;
            unit++;
        }
        return size + " " + UNITS.get(unit);
    }
}
