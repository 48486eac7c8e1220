// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

/** The estate at another moment than the cursor of the windows, for a part that shows two. Used on the feed's thread, in the subscription of the part. */
public final class OtherMoment {
	private final PastReader past;

	/**
	 * @param changed called on any thread when more of the past is read: asks for the frame anew, as {@link EstateFeed.Subscription#refresh()} does
	 */
	public OtherMoment(Runnable changed) {
		past = new PastReader(changed);
	}

	/**
	 * What is seen there. Values of the past come as they are read.
	 *
	 * @param frame    what the windows show
	 * @param position where to look instead
	 */
	public Frame of(Frame frame, CursorPosition position) {
		return new Frame(frame.estate(), frame.state(), position, frame.selection(), past.at(frame.estate(), frame.state(), position), frame.scenario(), frame.matching());
	}
}
