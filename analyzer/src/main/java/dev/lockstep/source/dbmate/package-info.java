/** dbmate: files with an up and a down half, each sent at once. */
@NullMarked
package dev.lockstep.source.dbmate;

import org.jspecify.annotations.NullMarked;
