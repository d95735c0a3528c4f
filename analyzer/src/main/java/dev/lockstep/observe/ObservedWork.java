package dev.lockstep.observe;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most that a statement was seen to do to each relation. */
final class ObservedWork {

    /** What VACUUM VERBOSE and ANALYZE VERBOSE say; the name may stand after its database and schema. */
    private static final Pattern UPKEEP =
            Pattern.compile("^(?:(?:vacuuming|analyzing) \"(?:[^\"]*\\.)?([^\".]+)\"$|\"([^\"]+)\": scanned )");

    enum Kind {
        NOTHING("nothing"),
        SCANNED("scan"),
        BUILT_INDEX("index build"),
        WROTE_ROWS("writes rows"),
        NEW_FILES("new files");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private final Observation seen;
    private final Set<String> upkept = new TreeSet<>();

    ObservedWork(Observation seen) {
        this.seen = seen;
        for (String message : seen.messages()) {
            Matcher matcher = UPKEEP.matcher(message);
            if (matcher.find()) {
                upkept.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        }
    }

    Kind on(String relation) {
        if (seen.rewritten().contains(relation) || seen.rebuilt().contains(relation)) {
            return Kind.NEW_FILES;
        }
        if (seen.rowsWritten().containsKey(relation)) {
            return Kind.WROTE_ROWS;
        }
        if (seen.indexed().contains(relation)) {
            return Kind.BUILT_INDEX;
        }
        return seen.scanned().contains(relation) || upkept.contains(plainName(relation)) ? Kind.SCANNED : Kind.NOTHING;
    }

    /** Whether rows went from old files to new ones; building an empty index counts its empty table as scanned. */
    boolean isRewritten(String relation) {
        return seen.messages().contains("rewriting table \"" + plainName(relation) + "\"");
    }

    private static String plainName(String relation) {
        return relation.substring(relation.indexOf('.') + 1);
    }
}
