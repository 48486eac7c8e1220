// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.util.OptionalLong;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.store.Lease;
import io.shadowweaver.api.store.LeaseFactory;

/** The configured lease, opened at its first use, and again after that failed. What goes wrong in it is a status, and nobody acts. */
final class EngineLease implements Lease {
	/** One question to a lease. */
	private interface Question<T> {
		T to(Lease lease) throws PluginException;
	}

	private final EstateParts.Part<LeaseFactory> part;
	private final PluginContext context;
	private final Statuses statuses;
	private Lease open;
	private boolean closed;

	EngineLease(EstateParts.Part<LeaseFactory> part, PluginContext context, Statuses statuses) {
		this.part = part;
		this.context = context;
		this.statuses = statuses;
	}

	private synchronized <T> T ask(String what, Question<T> question) throws PluginException {
		String name = "lease:" + part.connection().id();
		if (closed) {
			throw new PluginException("The lease " + part.connection().name() + " is closed.");
		}
		try {
			if (open == null) {
				open = part.factory().get().open(part.settings(), context);
			}
			return question.to(open);
		} catch (PluginException | RuntimeException e) {
			PluginException said = Guarded.asPluginException(part.connection().name(), what, e);
			statuses.set(name, State.FAILED, "ERROR", said.getMessage());
			throw said;
		}
	}

	@Override
	public OptionalLong hold() throws PluginException {
		OptionalLong number = ask("taking the lease", Lease::hold);
		String holder = number.isPresent() ? "" : holder();
		statuses.set("lease:" + part.connection().id(), number.isPresent() ? State.OK : State.IDLE, number.isPresent() ? "" : "OTHER",
				number.isPresent() ? "Held with the fencing number " + number.getAsLong() + "." : "Held by " + holder + ": nothing is called from here.");
		return number;
	}

	@Override
	public String holder() throws PluginException {
		return ask("asking who holds the lease", Lease::holder);
	}

	@Override
	public synchronized void close() {
		closed = true;
		if (open != null) {
			open.close();
			open = null;
		}
	}
}
