// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

import java.time.Duration;
import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.topology.TopologyChange;

/**
 * An open account at a provider. Calls come from one named thread of the account, with a deadline; they may block. A call
 * that was given up after its deadline has an unknown outcome: the caller reads {@link #list()} after {@link #settling()}
 * before it decides.
 */
@ConsumerType
public interface CloudProvider extends AutoCloseable {
	/**
	 * What can be made now.
	 *
	 * @return the offers, with what is left of the quota
	 * @throws PluginException when the provider cannot be asked
	 */
	List<Offer> offers() throws PluginException;

	/**
	 * All machines of the account, ours and others'.
	 *
	 * @return the machines
	 * @throws PluginException when the provider cannot be asked
	 */
	List<Instance> list() throws PluginException;

	/**
	 * What runs there, as topology.
	 *
	 * @return the whole of it each time
	 * @throws PluginException when the provider cannot be asked
	 */
	List<TopologyChange> discover() throws PluginException;

	/**
	 * Asks for one machine and returns as soon as the provider names it. Where a machine with the token is there already, that
	 * one is returned.
	 *
	 * @param request the wish
	 * @return the machine, usually {@link Instance.State#PENDING}
	 * @throws RefusedException when the provider says that it will not (quota, unknown offer): certain, nothing was made
	 * @throws PluginException  when the outcome is not known
	 */
	Instance create(CreateRequest request) throws PluginException;

	/**
	 * What {@link #create} would do, without doing it: asks the provider whether offer, image, network and quota are there.
	 *
	 * @param request the wish
	 * @return the exact calls in their order, one a line: method, address and body, without any secret
	 * @throws RefusedException when the provider would refuse it
	 * @throws PluginException  when the provider cannot be asked
	 */
	List<String> dryRun(CreateRequest request) throws PluginException;

	/**
	 * Takes a machine out of what hands it load, where {@link CreateRequest#registration()} had put it in. Called before
	 * {@link #delete}, which follows when the group's drain time is over. A machine that is gone, or was never registered, is no error.
	 *
	 * @param instance the provider's id
	 * @throws PluginException when it may still receive load
	 */
	void drain(String instance) throws PluginException;

	/**
	 * Removes a machine. A machine that is gone already is no error.
	 *
	 * @param instance the provider's id
	 * @throws PluginException when the outcome is not known
	 */
	void delete(String instance) throws PluginException;

	/**
	 * Asks the external owner of a group for another size.
	 *
	 * @param group the id of the group
	 * @param size  the wanted number of members
	 * @throws RefusedException when this provider owns no such group
	 * @throws PluginException  when the outcome is not known
	 */
	void setSize(String group, int size) throws PluginException;

	/** How long after a lost answer a machine may still appear in {@link #list()}. */
	Duration settling();

	@Override
	void close();
}
