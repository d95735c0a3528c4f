package dev.lockstep.pgquery;

/** Says on standard output which engine a process of its own got. */
final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
        var parser = PgQuery.instance();
        System.out.println(parser.engine() + " " + parser.fingerprint("SELECT 1"));
    }
}
