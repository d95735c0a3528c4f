package dev.lockstep.source.liquibase;

/** Leaves a trace when it is loaded. */
public final class LoadedClass {

    static {
        System.setProperty("dev.lockstep.test.loaded", "yes");
    }

    private LoadedClass() {}
}
