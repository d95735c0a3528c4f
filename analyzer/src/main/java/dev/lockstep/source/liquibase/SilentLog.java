package dev.lockstep.source.liquibase;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** Liquibase's log, which goes nowhere: what it has to say it throws. */
final class SilentLog extends AbstractLogService {

    private static final Logger SILENT = new Silent();

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Logger getLog(Class type) {
        return SILENT;
    }

    private static final class Silent extends AbstractLogger {

        @Override
        public void close() {}

        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable cause) {}
    }
}
