# SPDX-License-Identifier: Apache-2.0
"""Makes neutron's tables from its models, which takes seconds where its migrations take a minute: URL of the database"""
import sys

from neutron.conf import common
common.register_core_common_config_opts()
from neutron.db.migration.models import head
import sqlalchemy

head.get_metadata().create_all(sqlalchemy.create_engine(sys.argv[1]))
