package dev.lockstep.observe;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockMode;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what was predicted for a statement against what a server did. */
public final class Comparison {

    private static final Pattern INDEX_BUILD = Pattern.compile("^building index \".+\" on table \"(.+?)\" ");

    /** What VACUUM VERBOSE and ANALYZE VERBOSE say; the name may stand after its database and schema. */
    private static final Pattern UPKEEP = Pattern.compile("^(?:vacuuming|analyzing) \"(?:[^\"]*\\.)?([^\".]+)\"");

    private final Observation seen;
    private final Map<String, ObservedLock> locks = new TreeMap<>();
    private final Set<String> builtOn;
    private final Set<String> upkept;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Observation seen) {
        this.seen = seen;
        seen.locks().forEach(lock -> locks.put(lock.relation(), lock));
        builtOn = tablesIn(INDEX_BUILD);
        upkept = tablesIn(UPKEEP);
    }

    /** In words, each way in which the server did otherwise; empty when it did as predicted. */
    public static List<String> differences(Footprint predicted, Observation seen) {
        Comparison comparison = new Comparison(seen);
        comparison.compare(predicted);
        return List.copyOf(comparison.differences);
    }

    private Set<String> tablesIn(Pattern pattern) {
        Set<String> tables = new TreeSet<>();
        for (String message : seen.messages()) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find()) {
                tables.add(matcher.group(1));
            }
        }
        return tables;
    }

    private void compare(Footprint predicted) {
        if (!predicted.known()) {
            differences.add("the model does not know the statement");
            return;
        }
        Optional<Failure> certain = predicted.failures().stream()
                .filter(failure -> failure.when() == Failure.When.ALWAYS)
                .findFirst();
        if (seen.failure().isPresent()) {
            compareFailure(predicted, certain, seen.failure().get());
            return;
        }
        if (certain.isPresent()) {
            differences.add("predicted to fail with " + certain.get().sqlState() + ", but succeeded");
            return;
        }
        if (predicted.allowedInTransactionBlock() != seen.inTransaction()) {
            differences.add(seen.inTransaction() ? "ran in a transaction block" : "refused in a transaction block");
        }
        Map<String, RelationLock> expected = new LinkedHashMap<>();
        predicted.locks().forEach(lock -> expected.put(name(lock.relation()), lock));
        expected.values().forEach(this::compareLock);
        locks.values().stream()
                .filter(lock -> !expected.containsKey(lock.relation()))
                .forEach(lock ->
                        differences.add(lock.relation() + ": " + lock.mode().sql() + " not predicted"));
    }

    /** A sure failure must be the one; any other only one of those that depend on rows. */
    private void compareFailure(Footprint predicted, Optional<Failure> certain, Observation.Failure failure) {
        boolean expected = certain.isPresent()
                ? predicted.failures().stream()
                        .anyMatch(one -> one.when() == Failure.When.ALWAYS
                                && one.sqlState().equals(failure.sqlState()))
                : predicted.failures().stream()
                        .anyMatch(one -> one.when() != Failure.When.IN_TRANSACTION_BLOCK
                                && one.sqlState().equals(failure.sqlState()));
        if (!expected) {
            differences.add("failed with " + failure.sqlState() + " (" + failure.message() + "), not predicted");
        }
    }

    private static String name(QualifiedName relation) {
        return relation.schema() + "." + relation.name();
    }

    private void compareLock(RelationLock predicted) {
        String relation = name(predicted.relation());
        Optional<LockMode> mode = Optional.ofNullable(locks.get(relation)).map(ObservedLock::mode);
        boolean asPredicted = mode.isEmpty()
                ? predicted.least().isEmpty()
                : mode.equals(Optional.of(predicted.mode())) || mode.equals(predicted.least());
        if (!asPredicted) {
            differences.add(relation + ": predicted " + predicted.mode().sql() + ", took "
                    + mode.map(LockMode::sql).orElse("none"));
        }
        if (mode.isPresent() && predicted.work() != Work.UNKNOWN) {
            compareWork(relation, predicted);
        }
    }

    private void compareWork(String relation, RelationLock predicted) {
        String observed = work(relation);
        if (!isPossible(predicted, relation, observed)) {
            differences.add(relation + ": predicted " + predicted.work().words() + ", but " + observed);
        }
    }

    private static final String NOTHING = "did nothing";
    private static final String NEW_FILES = "got new files";
    private static final String WROTE_ROWS = "wrote rows";
    private static final String BUILT_INDEX = "built an index";
    private static final String SCANNED = "scanned";

    /** The most that was seen to be done to the relation. */
    private String work(String relation) {
        String plainName = relation.substring(relation.indexOf('.') + 1);
        if (seen.rewritten().contains(relation) || seen.rebuilt().contains(relation)) {
            return NEW_FILES;
        }
        if (seen.rowsWritten().containsKey(relation)) {
            return WROTE_ROWS;
        }
        if (builtOn.contains(plainName)) {
            return BUILT_INDEX;
        }
        return seen.scanned().contains(relation) || upkept.contains(plainName) ? SCANNED : NOTHING;
    }

    private boolean isPossible(RelationLock predicted, String relation, String observed) {
        return switch (predicted.work()) {
            case NONE -> observed.equals(NOTHING);
            case NEW_FILES -> observed.equals(NEW_FILES) && !isScanned(relation);
            case READ -> observed.equals(NOTHING) || observed.equals(SCANNED);
            case SCAN -> observed.equals(SCANNED) || !seen.inTransaction() && observed.equals(NOTHING);
            case INDEX_BUILD -> observed.equals(isIndex(relation) ? NEW_FILES : BUILT_INDEX);
            case REWRITE -> observed.equals(NEW_FILES) && !isIndex(relation);
            case ROWS -> !observed.equals(NEW_FILES) && !observed.equals(BUILT_INDEX);
            case UNKNOWN -> true;
        };
    }

    /** Whether rows went from old files to new ones; building an empty index counts its empty table as scanned. */
    private boolean isScanned(String relation) {
        return seen.messages().stream()
                .anyMatch(message ->
                        message.equals("rewriting table \"" + relation.substring(relation.indexOf('.') + 1) + "\""));
    }

    private boolean isIndex(String relation) {
        return Optional.ofNullable(locks.get(relation))
                .filter(lock -> lock.kind() == 'i' || lock.kind() == 'I')
                .isPresent();
    }
}
