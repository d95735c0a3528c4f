/** PostgreSQL's behaviour: which locks a statement takes, what work it does under them, and when it fails. */
@NullMarked
package dev.lockstep.lock;

import org.jspecify.annotations.NullMarked;
