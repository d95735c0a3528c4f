package dev.lockstep.lock;

/** A statement that proves something on a real server, and the world it runs in. */
record Sample(World world, String statement) {

    @Override
    public String toString() {
        return world.name().toLowerCase(java.util.Locale.ROOT) + ": " + statement;
    }
}
