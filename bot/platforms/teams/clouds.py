"""Microsoft's clouds: the commercial one and those of governments, each with addresses and issuers of its own.

What Microsoft's own SDK for Teams has: https://learn.microsoft.com/microsoftteams/platform/teams-sdk/essentials/app-configuration/sovereign-cloud,
for US government https://learn.microsoft.com/azure/bot-service/how-to-deploy-gov-cloud-high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True)
class Cloud:
    """Where one cloud's services are, and who signs there."""

    login: str
    """Entra's address: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud"""
    issuer: str
    """Who signs what the Bot Framework sends, and, with /.default, what the bot's token is for."""
    openid: str
    """Where the keys it signs with are told."""
    graph: str
    """Microsoft Graph's address: https://learn.microsoft.com/graph/deployments"""
    service: str
    """Where Teams is written to before it has named a nearer address; "" where there is none.

    https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages#get-the-user-id-team-id-or-channel-id
    """

    @property
    def scope(self) -> str:
        """What the bot's own token is for."""
        return f"{self.issuer}/.default"

    @property
    def graph_scope(self) -> str:
        """What its token for Graph is for."""
        return f"{self.graph.removesuffix('/v1.0')}/.default"

    def token_url(self, tenant_id: str) -> str:
        """The tenant's own address for tokens; the bot is registered in one tenant only."""
        return f"{self.login}/{tenant_id}/oauth2/v2.0/token"

    def tenant_issuer(self, tenant_id: str) -> str:
        """Who signs the tokens of a tenant's people."""
        return f"{self.login}/{tenant_id}/v2.0"

    def tenant_openid(self, tenant_id: str) -> str:
        """Where the keys for those are told."""
        return f"{self.tenant_issuer(tenant_id)}/.well-known/openid-configuration"


COMMERCIAL = Cloud(
    login="https://login.microsoftonline.com",
    issuer="https://api.botframework.com",
    openid="https://login.botframework.com/v1/.well-known/openidconfiguration",
    graph="https://graph.microsoft.com/v1.0",
    service="https://smba.trafficmanager.net/teams/",
)
_HIGH = Cloud(
    login="https://login.microsoftonline.us",
    issuer="https://api.botframework.us",
    openid="https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
    graph="https://graph.microsoft.us/v1.0",
    service="https://smba.infra.gov.teams.microsoft.us/teams/",
)

CLOUDS: Mapping[str, Cloud] = MappingProxyType(
    {
        "commercial": COMMERCIAL,
        # GCC signs in and is called as the commercial cloud is; Teams alone has its own address.
        "gcc": replace(COMMERCIAL, service="https://smba.infra.gcc.teams.microsoft.com/teams/"),
        "gcc_high": _HIGH,
        "dod": replace(
            _HIGH, graph="https://dod-graph.microsoft.us/v1.0", service="https://smba.infra.dod.teams.microsoft.us/teams/"
        ),
        "china": Cloud(
            login="https://login.partner.microsoftonline.cn",
            issuer="https://api.botframework.azure.cn",
            openid="https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
            graph="https://microsoftgraph.chinacloudapi.cn/v1.0",
            service="",  # none is documented: the first message to the bot names one
        ),
    }
)
"""By what `platforms.teams.cloud` calls them."""
