// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CloudProviderFactory;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * An account that opens itself at its first call, and again after a call to open it failed; calls of one account never
 * overlap. What goes wrong in a plug-in comes out as a {@link PluginException} with a sentence.
 */
final class AccountProvider implements CloudProvider {
	/** One call of a provider. */
	private interface Call<T> {
		T on(CloudProvider provider) throws PluginException;
	}

	private static final Duration UNKNOWN_SETTLING = Duration.ofMinutes(5);

	private final EstateParts.Part<CloudProviderFactory> part;
	private final PluginContext context;
	private final Statuses statuses;
	private final ReentrantLock turn = new ReentrantLock();
	private CloudProvider open;
	private boolean closed;

	AccountProvider(EstateParts.Part<CloudProviderFactory> part, PluginContext context, Statuses statuses) {
		this.part = part;
		this.context = context;
		this.statuses = statuses;
	}

	private <T> T call(String what, Call<T> call) throws PluginException {
		turn.lock();
		try {
			if (closed) {
				// a worker that was on its way when the estate ended: nothing is opened, and above all nothing made, behind its back
				throw new PluginException(part.connection().name() + " is closed.");
			}
			if (open == null) {
				open = part.factory().get().open(part.settings(), context);
			}
			T result = call.on(open);
			if (result == null) {
				throw new PluginException(part.connection().name() + " returned nothing from " + what + ".");
			}
			statuses.set("provider:" + part.connection().id(), State.OK, "", "Answers.");
			return result;
		} catch (PluginException | RuntimeException e) {
			PluginException said = masked(Guarded.asPluginException(part.connection().name(), what, e));
			if (!closed && !(said instanceof RefusedException)) {
				statuses.set("provider:" + part.connection().id(), State.FAILED, "ERROR", said.getMessage());
			}
			throw said;
		} finally {
			turn.unlock();
		}
	}

	/** What is said of a failure goes into journal, audit and log: no secret may, however a library words it. */
	private PluginException masked(PluginException said) {
		String masked = part.settings().mask(String.valueOf(said.getMessage()));
		boolean whole = masked.equals(said.getMessage());
		return whole ? said : said instanceof RefusedException ? new RefusedException(masked) : new PluginException(masked);
	}

	@Override
	public List<Offer> offers() throws PluginException {
		return call("listing offers", CloudProvider::offers);
	}

	@Override
	public List<Instance> list() throws PluginException {
		return call("listing machines", CloudProvider::list);
	}

	@Override
	public List<TopologyChange> discover() throws PluginException {
		return call("discovery", CloudProvider::discover);
	}

	@Override
	public Instance create(CreateRequest request) throws PluginException {
		return call("creating a machine", provider -> provider.create(request));
	}

	@Override
	public List<String> dryRun(CreateRequest request) throws PluginException {
		return call("a dry run", provider -> provider.dryRun(request)).stream().map(part.settings()::mask).toList();
	}

	@Override
	public void drain(String instance) throws PluginException {
		call("draining a machine", provider -> {
			provider.drain(instance);
			return instance;
		});
	}

	@Override
	public void delete(String instance) throws PluginException {
		call("deleting a machine", provider -> {
			provider.delete(instance);
			return instance;
		});
	}

	@Override
	public void setSize(String group, int size) throws PluginException {
		call("setting a size", provider -> {
			provider.setSize(group, size);
			return group;
		});
	}

	@Override
	public Duration settling() {
		try {
			return call("asking the settling time", CloudProvider::settling);
		} catch (PluginException e) {
			// the cautious answer; the failure is the account's status already
			return UNKNOWN_SETTLING;
		}
	}

	@Override
	public void close() {
		turn.lock();
		try {
			closed = true;
			if (open != null) {
				open.close();
				open = null;
			}
		} finally {
			turn.unlock();
		}
	}
}
