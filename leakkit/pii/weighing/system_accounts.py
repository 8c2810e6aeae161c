"""Accounts that systems and their packages bring along: nobody's own."""

SYSTEM_ACCOUNTS = frozenset(
    """
    apt abrt adm akmods alertmanager amavis arpwatch avahi autoipd avahiautoipd bacula bareos beanstalkd bind caddy
    ceph cephadm chrony chronyd cinder clamav clamupdate clevis cloudinit cockpitws collectd colord confluent
    containerd coredns couchdb crond cupspkhelper dask dbus debianexim debianspamd debiantor dhcpd distcache dnsmasq
    dockerd dovecot dovenull elasticsearch etcd exim fabricmanager filebeat flannel flatpak fluent fluentbit fluentd
    fwupdrefresh gdm geoclue geoip gitea gitlabpsql gitlabrunner gitlabwww glusterfs gnats gnomeinitialsetup grafana
    graphite hacluster haproxy hbase hdfs httpd icinga influxdb irqbalance jetty journald kernoops keystone kibana
    kube kubeapiserver kubecontrollermanager kubeproxy kubescheduler kubelet libstoragemgmt libvirt libvirtdnsmasq
    libvirtqemu libvirtdbus lightdm logcheck logstash lxd mailman mailnull mds memcache memcached metricbeat mgr
    minio mongod mosquitto munge munin netdata neutron nfsnobody nginx nmopenconnect nmopenvpn nodeexporter nrpe
    nscd nslcd ntp ntpd ntpsec nvidiapersistenced openldap openstack opensearch openvpn osd ossec packagekit pcp
    pesign pgbouncer pihole pipewire podman polkitd polkituser pollinate postdrop postfix postgresexporter postgrey
    proftpd promtail proxysql qemu quagga rabbitmq realtime restic rpc rpcuser rsync rsyslog rtkit saned saslauth
    setroubleshoot slurm slurmctld slurmd smmsp smmta snapddaemon snmp solr spamd speechdispatcher squid sslh sssd
    statd stunnel syslog sysstat systemdbusproxy systemdcoredump systemdjournalremote systemdjournalupload
    systemdnetwork systemdoom systemdresolve systemdtimesync tcpdump telegraf tftp traefik tss ulog unbound usbmux
    usbmuxd uuidd valkey varnish varnishlog victoriametrics vnstat whoopsie www xfs xrdp zipkin zookeeper
    """.split()
)
"""Names without signs and numbers at their end (Debian's and Fedora's packages, systemd, what clusters run)."""
SYSTEM_MARKS = frozenset(
    "exporter scheduler scraper watchdog replicator replication healthcheck cronjob kube ceph systemd rw readonly "
    "readwrite ingester".split()
)
"""Words of a name that only such accounts have."""
