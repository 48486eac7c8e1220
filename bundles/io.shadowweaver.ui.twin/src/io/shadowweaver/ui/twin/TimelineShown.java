// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Timeline;
import io.shadowweaver.ui.core.Frame;

/**
 * What the time line shows of a frame. All bands of a large estate are looked at for it, which takes too long on the UI thread.
 *
 * @param frame the frame
 * @param end   until when something is predicted, or is as soon as somebody looks there; empty where nothing is
 * @param marks by time
 */
record TimelineShown(Frame frame, Optional<Instant> end, List<Timeline.Mark> marks) {
	/** Of a frame; what does not differ from another one is taken from that. */
	static TimelineShown of(Frame frame, TimelineShown before) {
		WeaverState state = frame.state();
		boolean same = before != null && before.frame.state() == state;
		return new TimelineShown(frame, same && before.frame.looksFar() == frame.looksFar() ? before.end : TimePlayer.reach(frame),
				same ? before.marks : Timeline.marks(state, ZoneId.systemDefault()));
	}
}
