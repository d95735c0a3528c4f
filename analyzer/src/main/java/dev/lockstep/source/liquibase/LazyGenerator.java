package dev.lockstep.source.liquibase;

import java.util.Optional;
import java.util.function.Supplier;

/** Liquibase, loaded when it is first needed: a changelog of plain SQL may never need it. */
final class LazyGenerator implements Supplier<Generator>, AutoCloseable {

    private final SearchPath paths;
    private final Optional<String> defaultSchema;
    private Optional<Generator> opened = Optional.empty();

    LazyGenerator(SearchPath paths, Optional<String> defaultSchema) {
        this.paths = paths;
        this.defaultSchema = defaultSchema;
    }

    @Override
    public Generator get() {
        if (opened.isEmpty()) {
            opened = Optional.of(Generator.open(paths, defaultSchema));
        }
        return opened.get();
    }

    @Override
    public void close() {
        opened.ifPresent(Generator::close);
    }
}
