/** Source text and positions: the only code that converts between UTF-8 bytes and UTF-16 offsets. */
@NullMarked
package dev.lockstep.text;

import org.jspecify.annotations.NullMarked;
