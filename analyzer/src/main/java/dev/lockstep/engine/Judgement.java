package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.ObjectAge;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.RowEstimate;
import dev.lockstep.catalog.Table;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.Suppression;
import dev.lockstep.rule.Transaction;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.OrderedPMap;

/**
 * What rules see of one statement.
 *
 * @param held the locks of its transaction so far
 * @param index its place in the file
 * @param caught the SQLSTATEs of errors that the code around it handles
 */
record Judgement(
        JudgedFile file,
        Step step,
        Footprints footprints,
        OrderedPMap<QualifiedName, HeldLock> held,
        int index,
        boolean isDeclaredUnused,
        List<String> caught)
        implements StatementContext {

    @Override
    public Statement statement() {
        return step.statement();
    }

    @Override
    public String text(Span part) {
        return file.place(this).isPresent() ? "" : script().source().text(part);
    }

    @Override
    public Span place() {
        return file.place(this).orElse(statement().span());
    }

    @Override
    public boolean isCaught(String sqlState) {
        return CodeRun.catches(caught, sqlState);
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
    public Collection<HeldLock> heldLocks() {
        return held.values();
    }

    @Override
    public Optional<HeldLock> heldLock(QualifiedName relation) {
        return Optional.ofNullable(held.get(relation));
    }

    @Override
    public List<StatementContext> earlier() {
        return file.statements().subList(0, index);
    }

    @Override
    public List<StatementContext> later() {
        return file.statements().subList(index + 1, file.statements().size());
    }

    @Override
    public List<TransactionLocks> earlierInDeploy() {
        return file.earlierInDeploy();
    }

    @Override
    public Catalog atTransactionEnd() {
        return file.endOf(now());
    }

    @Override
    public Catalog deployed() {
        return file.deployed();
    }

    @Override
    public Footprint footprint() {
        return footprints.whole();
    }

    @Override
    public Footprint footprint(PgVersion version) {
        return footprints.on(version);
    }

    @Override
    public Footprint footprint(AlterAction action) {
        return footprints.of(action);
    }

    @Override
    public Footprint footprint(ObjectName dropped) {
        return footprints.of(dropped);
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
        return file.migration().migration();
    }

    @Override
    public ParsedScript script() {
        return file.migration().script();
    }

    @Override
    public List<PgVersion> versions() {
        return file.migration().versions();
    }

    @Override
    public Optional<SourceText> appliedText() {
        return file.migration().appliedText();
    }

    @Override
    public <T> T option(RuleOption<T> option) {
        return file.migration().option(option);
    }

    @Override
    public List<DeployedMarker> deployedMarkers() {
        return file.migration().deployedMarkers();
    }

    @Override
    public List<Suppression> suppressions() {
        return file.migration().suppressions();
    }

    @Override
    public boolean isUsed(Suppression suppression) {
        return file.migration().isUsed(suppression);
    }

    @Override
    public RuleNames ruleNames() {
        return file.migration().ruleNames();
    }
}
