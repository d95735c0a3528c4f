package dev.lockstep.testkit;

/** Where nothing may be skipped and nothing rewritten. */
public final class ContinuousIntegration {

    private ContinuousIntegration() {}

    public static boolean isOn() {
        return "true".equals(System.getenv("CI"));
    }
}
