# SPDX-License-Identifier: Apache-2.0
"""Fills the cloud through its own APIs. The ports of the services and the password come by the environment.

identity   users, projects and the catalogue
resources  images, flavours, a network and two availability zones; then a first server, which takes far longer than all later ones
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request

ADDRESS = 'http://' + os.environ['ADDRESS'] + ':'
KEYSTONE, NOVA, GLANCE, NEUTRON, PLACEMENT, HEAT = (
    ADDRESS + os.environ[name] for name in ('KEYSTONE', 'NOVA', 'GLANCE', 'NEUTRON', 'PLACEMENT', 'HEAT'))
PASSWORD = os.environ['PASSWORD']
REGION = os.environ['REGION']
MEGABYTES_A_CORE = 2048


class Cloud:
    def __init__(self, user, project):
        default = {'id': 'default'}
        identity = {'methods': ['password'], 'password': {'user': {'name': user, 'domain': default, 'password': PASSWORD}}}
        scope = {'project': {'name': project, 'domain': default}}
        self.token = None
        answer, headers = self.call('POST', KEYSTONE + '/v3/auth/tokens', {'auth': {'identity': identity, 'scope': scope}})
        self.token = headers['X-Subject-Token']

    def call(self, method, url, body=None, kind='application/json'):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        headers = {'Content-Type': kind, 'Accept': 'application/json', 'X-OpenStack-Nova-API-Version': '2.79'}
        if self.token:
            headers['X-Auth-Token'] = self.token
        try:
            with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=120) as answer:
                text = answer.read()
                return (json.loads(text) if text[:1] == b'{' else None), answer.headers
        except urllib.error.HTTPError as error:
            if error.code == 404 and method == 'GET':
                return None, error.headers
            sys.exit(f'{method} {url}: {error.code} {error.read().decode()}')

    def get(self, url):
        return self.call('GET', url)[0]

    def make(self, url, **named):
        """Posts one object under its name and returns what was made."""
        (name, fields), = named.items()
        return self.call('POST', url, {name: fields})[0][name]


def identity(cloud):
    v3 = KEYSTONE + '/v3'
    roles = {role['name']: role['id'] for role in cloud.get(v3 + '/roles')['roles']}
    for user, project, granted in (('services', 'services', ('admin',)), ('weaver', 'estate', ('member', 'reader'))):
        project_id = cloud.make(v3 + '/projects', project={'name': project, 'domain_id': 'default'})['id']
        user_id = cloud.make(v3 + '/users', user={'name': user, 'domain_id': 'default', 'password': PASSWORD})['id']
        for role in granted:
            cloud.call('PUT', f'{v3}/projects/{project_id}/users/{user_id}/roles/{roles[role]}')
    for kind, name, url in (('compute', 'nova', NOVA + '/v2.1'), ('image', 'glance', GLANCE), ('network', 'neutron', NEUTRON),
                            ('placement', 'placement', PLACEMENT), ('orchestration', 'heat', HEAT + '/v1/%(tenant_id)s')):
        service = cloud.make(v3 + '/services', service={'type': kind, 'name': name})['id']
        for interface in ('public', 'internal', 'admin'):
            cloud.make(v3 + '/endpoints', endpoint={
                'service_id': service, 'interface': interface, 'url': url, 'region_id': REGION})


def resources(cloud):
    for name, system, version in (('ubuntu-22.04', 'ubuntu', '22.04'), ('debian-12', 'debian', '12')):
        image = cloud.call('POST', GLANCE + '/v2/images', {
            'name': name, 'visibility': 'public', 'disk_format': 'raw', 'container_format': 'bare',
            'os_distro': system, 'os_version': version, 'architecture': 'x86_64'})[0]
        cloud.call('PUT', f"{GLANCE}/v2/images/{image['id']}/file", bytes(4096), 'application/octet-stream')
    for number, (name, cores) in enumerate((('m1.small', 1), ('m1.medium', 2), ('m1.large', 4), ('m1.xlarge', 8)), 1):
        flavour = {'id': str(number), 'name': name, 'vcpus': cores, 'ram': cores * MEGABYTES_A_CORE, 'disk': cores * 10}
        cloud.make(NOVA + '/v2.1/flavors', flavor=flavour)
    network = cloud.make(NEUTRON + '/v2.0/networks', network={'name': 'shared', 'shared': True})['id']
    cloud.make(NEUTRON + '/v2.0/subnets', subnet={'network_id': network, 'cidr': '10.20.0.0/16', 'ip_version': 4, 'enable_dhcp': False})
    for host in os.environ['HOSTS'].split():
        zone = 'zone-' + host[-1]
        aggregate = cloud.make(NOVA + '/v2.1/os-aggregates', aggregate={'name': zone, 'availability_zone': zone})['id']
        cloud.call('POST', f'{NOVA}/v2.1/os-aggregates/{aggregate}/action', {'add_host': {'host': host}})
    first_server(cloud, image['id'], network)


def first_server(cloud, image, network):
    servers = NOVA + '/v2.1/servers'
    server = servers + '/' + cloud.make(servers, server={
        'name': 'first', 'imageRef': image, 'flavorRef': '1', 'networks': [{'uuid': network}]})['id']
    wait('the first server to become active', lambda: cloud.get(server)['server']['status'] in ('ACTIVE', 'ERROR'))
    end = cloud.get(server)['server']
    if end['status'] == 'ERROR':
        sys.exit(f"the first server failed: {end['fault']['message']}")
    cloud.call('DELETE', server)
    wait('the first server to go', lambda: cloud.get(server) is None)


def wait(what, done):
    for _ in range(240):
        if done():
            return
        time.sleep(.5)
    sys.exit(f'waited two minutes for {what}')


{'identity': identity, 'resources': resources}[sys.argv[1]](Cloud('admin', 'admin'))
