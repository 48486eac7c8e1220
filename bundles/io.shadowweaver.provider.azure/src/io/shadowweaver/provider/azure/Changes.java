// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.azure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.shadowweaver.api.provision.Instance.State;
import io.shadowweaver.kit.rest.Faults;

/**
 * The last creation or removal of each machine that Azure has taken, which may fail later. Azure is asked only about a machine that is not as it
 * should be; why a change failed is kept until the next one, since Azure forgets operations after a while.
 */
final class Changes {
	/**
	 * @param begun     by our clock
	 * @param operation where it tells of itself; empty where it has ended or does not tell
	 * @param reason    why it failed; empty where it did not
	 */
	private record Change(boolean isRemoval, Instant begun, Optional<URI> operation, String reason) {
		Change ended(String why) {
			return new Change(isRemoval, begun, Optional.empty(), why);
		}
	}

	private final Arm arm;
	private final Duration settling;
	private final Map<String, Change> last = new HashMap<>();

	/** @param settling how long what goes along with a machine may still be there */
	Changes(Arm arm, Duration settling) {
		this.arm = arm;
		this.settling = settling;
	}

	/**
	 * A machine is on its way.
	 *
	 * @param operation where that tells of itself; empty for nowhere
	 * @param now       by our clock
	 */
	void created(String machine, Optional<URI> operation, Instant now) {
		last.put(machine, new Change(false, now, operation, ""));
	}

	/** A machine is on its way out. As above. */
	void removed(String machine, Optional<URI> operation, Instant now) {
		last.put(machine, new Change(true, now, operation, ""));
	}

	/** Why a machine is still there, or not as it should be, as a sentence; empty where no change of it has failed. */
	String trouble(String machine, State state) throws IOException {
		Change change = last.get(machine);
		if (change == null || state == State.DELETING || !change.isRemoval() && state != State.FAILED) {
			return "";
		}
		String reason = asked(machine, change).reason();
		return reason.isEmpty() ? "" : "It was not " + (change.isRemoval() ? "removed" : "made") + ": " + reason + ".";
	}

	/** Whether what a machine has left goes with it: its removal goes on, or has been done not long ago. */
	boolean isGoing(String machine, Instant now) throws IOException {
		Change change = last.get(machine);
		if (change == null || !change.isRemoval()) {
			return false;
		}
		Change asked = asked(machine, change);
		return asked.reason().isEmpty() && (asked.operation().isPresent() || now.isBefore(asked.begun().plus(settling)));
	}

	private Change asked(String machine, Change change) throws IOException {
		if (change.operation().isEmpty()) {
			return change;
		}
		Change now = asked(change);
		last.put(machine, now);
		return now;
	}

	private Change asked(Change change) throws IOException {
		try {
			Operation operation = arm.ask(change.operation().get());
			return operation.isDone() ? change.ended(operation.reason()) : change;
		} catch (IOException e) {
			if (!Faults.isNotFound(e)) {
				throw e;
			}
			return change.ended("");
		}
	}

	/** Forgets machines that are listed no more. */
	void keep(Set<String> listed, Instant now) {
		last.entrySet().removeIf(one -> !listed.contains(one.getKey()) && !now.isBefore(one.getValue().begun().plus(settling)));
	}
}
