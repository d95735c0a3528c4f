package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.ObjectAge;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.RowEstimate;
import dev.lockstep.catalog.Table;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules see of one statement. Every rule asks for its footprint, which is worked out once. Not thread-safe. */
final class Judgement implements StatementContext {

    private final MigrationContext inMigration;
    private final LockModel locks;
    private final Step step;
    private final boolean declaredUnused;
    private final Map<Object, Footprint> footprints = new IdentityHashMap<>();

    Judgement(MigrationContext inMigration, LockModel locks, Step step, boolean declaredUnused) {
        this.inMigration = inMigration;
        this.locks = locks;
        this.step = step;
        this.declaredUnused = declaredUnused;
    }

    @Override
    public boolean isDeclaredUnused() {
        return declaredUnused;
    }

    @Override
    public Statement statement() {
        return step.statement();
    }

    @Override
    public Catalog before() {
        return step.before();
    }

    @Override
    public Catalog after() {
        return step.after();
    }

    @Override
    public Moment now() {
        return step.now();
    }

    @Override
    public Transaction transaction() {
        return step.transaction();
    }

    @Override
    public Footprint footprint() {
        return footprints.computeIfAbsent(
                statement(), statement -> locks.footprint(statement(), before(), versions(), step.settings()));
    }

    @Override
    public Footprint footprint(AlterAction action) {
        return statement() instanceof Statement.AlterTable alter
                ? footprints.computeIfAbsent(
                        action, part -> locks.footprint(alter, action, before(), versions(), step.settings()))
                : Footprint.UNKNOWN;
    }

    @Override
    public Footprint footprint(ObjectName dropped) {
        return statement() instanceof Statement.Drop drop
                ? footprints.computeIfAbsent(dropped, object -> locks.footprint(drop, dropped, before(), versions()))
                : Footprint.UNKNOWN;
    }

    @Override
    public boolean isDeployed(QualifiedName relation) {
        return age(relation) == ObjectAge.BEFORE && !isTemporary(relation);
    }

    private boolean isTemporary(QualifiedName relation) {
        return before().table(relation)
                .value()
                .filter(table -> table.persistence() == Statement.Persistence.TEMPORARY)
                .isPresent();
    }

    @Override
    public boolean isDeployed(QualifiedName relation, String column) {
        Moment added = before().table(relation)
                .flatMap(table -> table.column(column))
                .value()
                .map(Column::added)
                .orElse(Moment.BEFORE_HISTORY);
        return isDeployed(relation) && added.ageAt(now()) == ObjectAge.BEFORE;
    }

    @Override
    public boolean isInUse(QualifiedName relation) {
        Optional<Table> table = before().table(relation).value();
        if (table.filter(known -> known.persistence() == Statement.Persistence.TEMPORARY)
                .isPresent()) {
            return false;
        }
        return switch (age(relation)) {
            case BEFORE -> true;
            case THIS_TRANSACTION -> false;
            case THIS_MIGRATION, THIS_DEPLOY ->
                table.filter(known -> known.rows() == RowEstimate.MANY).isPresent();
        };
    }

    @Override
    public boolean mayHoldRows(QualifiedName relation) {
        return isDeployed(relation)
                || before().table(relation)
                        .value()
                        .filter(table -> table.rows() == RowEstimate.EMPTY)
                        .isEmpty();
    }

    /** An unknown relation was there before; one that is gone is not. */
    private ObjectAge age(QualifiedName relation) {
        Moment created = before().table(relation)
                .value()
                .map(Table::created)
                .or(() -> before().index(relation).value().map(index -> index.created()))
                .orElse(Moment.BEFORE_HISTORY);
        return created.ageAt(now());
    }

    @Override
    public Migration migration() {
        return inMigration.migration();
    }

    @Override
    public ParsedScript script() {
        return inMigration.script();
    }

    @Override
    public List<PgVersion> versions() {
        return inMigration.versions();
    }

    @Override
    public Optional<SourceText> appliedText() {
        return inMigration.appliedText();
    }

    @Override
    public List<DeployedMarker> deployedMarkers() {
        return inMigration.deployedMarkers();
    }
}
