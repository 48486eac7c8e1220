// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.Lease;

/** Renews the lease beside the weave thread, and asks once more right before each call. Thread-safe. */
final class LeaseDesk {
	private final Optional<Lease> lease;
	private final Executor executor;
	private final AtomicBoolean asking = new AtomicBoolean();
	private volatile GuardInput.Fence newest = new GuardInput.Fence(false, 0, "The lease was not asked for yet.");

	LeaseDesk(Optional<Lease> lease, Executor executor) {
		this.lease = lease;
		this.executor = executor;
	}

	/** What the lease said last; empty where there is none. */
	Optional<GuardInput.Fence> newest() {
		return lease.map(one -> newest);
	}

	/** Renews it, one request at a time. */
	void renew() {
		if (lease.isPresent() && asking.compareAndSet(false, true)) {
			try {
				executor.execute(() -> {
					try {
						newest = ask(lease.get());
					} finally {
						asking.set(false);
					}
				});
			} catch (RejectedExecutionException e) {
				asking.set(false);
				newest = new GuardInput.Fence(false, 0, "The lease cannot be asked for: the workers are stopped.");
			}
		}
	}

	/**
	 * Why we must not do now what was decided under a number; empty when we may. Asks the lease, so it may block.
	 *
	 * @param number under which it was decided
	 */
	String forbidden(long number) {
		if (lease.isEmpty()) {
			return "";
		}
		GuardInput.Fence fence = ask(lease.get());
		newest = fence;
		if (fence.held() && fence.number() != number) {
			return "The lease was somebody else's in between: this was decided under the fencing number " + number + ", now it is " + fence.number() + ".";
		}
		return fence.held() ? "" : fence.sentence();
	}

	private static GuardInput.Fence ask(Lease lease) {
		try {
			OptionalLong number = lease.hold();
			return number.isPresent() ? new GuardInput.Fence(true, number.getAsLong(), "The lease is held with the fencing number " + number.getAsLong() + ".")
					: new GuardInput.Fence(false, 0, "The lease is held by " + lease.holder() + ".");
		} catch (PluginException | RuntimeException | LinkageError e) {
			return new GuardInput.Fence(false, 0, "Nobody knows who holds the lease: " + e.getMessage());
		}
	}
}
