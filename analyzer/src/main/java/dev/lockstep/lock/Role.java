package dev.lockstep.lock;

/** Which relation of a statement a lock is on. */
enum Role {
    TARGET("the relation named"),
    TREE("the relation named, its partitions and children"),
    PARTITIONS("its partitions and children"),
    INDEXES("its indexes"),
    SEQUENCES("its sequences"),
    TABLE("the table it belongs to"),
    SOURCE("what it reads"),
    REFERENCED("the referenced table"),
    REFERENCED_INDEX("the referenced key's index"),
    REFERENCED_INDEXES("the referenced table's indexes"),
    REFERENCING("tables that reference it"),
    REFERENCING_INDEXES("indexes of tables that reference it"),
    PARENT("the parent table"),
    PARENT_INDEXES("the parent's indexes"),
    PARTITION("the partition"),
    PARTITION_INDEXES("the partition's indexes"),
    DEFAULT_PARTITION("the default partition"),
    DEPENDENTS("what depends on it"),
    USERS("tables that use it"),
    OTHERS("the other relations named");

    private final String words;

    Role(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
