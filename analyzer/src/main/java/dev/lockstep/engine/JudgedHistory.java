package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.HistoryContext;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules see of a history. */
final class JudgedHistory implements HistoryContext {

    private final AnalysisRequest request;
    private final HistoryReplay replay;
    private final LockModel locks;

    /** How many migrations run up to each, itself included; by key. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final Set<String> judged = new HashSet<>();

    private final Map<String, Passage> passages = new HashMap<>();

    JudgedHistory(AnalysisRequest request, HistoryReplay replay, LockModel locks) {
        this.request = request;
        this.replay = replay;
        this.locks = locks;
        List<Planned> planned = request.deploys().inOrder();
        for (int i = 0; i < planned.size(); i++) {
            String key = planned.get(i).migration().key();
            numbers.put(key, i + 1);
            if (planned.get(i).judging() == Judging.FULL) {
                judged.add(key);
            }
        }
    }

    /** Keeps of a judged file what rules may ask for. */
    void see(Catalog before, ReplayedFile file) {
        Migration migration = file.planned().migration();
        if (migration.kind() == Migration.Kind.REPEATABLE || migrations().undo().containsKey(migration.id())) {
            passages.put(migration.key(), new Passage(before, file.after()));
        }
    }

    /** How many migrations run up to this one, itself included. */
    int number(Migration migration) {
        return numbers.getOrDefault(migration.key(), 0);
    }

    @Override
    public Migrations migrations() {
        return request.migrations();
    }

    @Override
    public List<PgVersion> versions() {
        return request.versions();
    }

    @Override
    public boolean isJudged(Migration migration) {
        return judged.contains(migration.key());
    }

    @Override
    public List<Migration> applied() {
        return request.history().applied();
    }

    @Override
    public ParsedScript script(Migration migration) {
        return replay.parse(migration);
    }

    @Override
    public Optional<Passage> passage(Migration migration) {
        return Optional.ofNullable(passages.get(migration.key()));
    }

    @Override
    public TrialRun tryOn(Catalog schema, Migration migration) {
        int ordinal = request.deploys().inOrder().size();
        ReplayedFile file = replay.replayAlone(schema, new Planned(migration, ordinal, Judging.NOT), ordinal);
        List<TrialStatement> statements = new ArrayList<>();
        file.steps()
                .forEach(step -> statements.add(new TrialStatement(
                        step.statement(),
                        step.before(),
                        locks.footprint(step.statement(), step.before(), versions(), step.settings()))));
        return new TrialRun(statements, file.after());
    }
}
