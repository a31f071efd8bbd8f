#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Gives an existing realm CIBA with Keycloak's own command line: the policies in components/, and one client.
# What is there already is brought up to date, so it can run as often as you like.
#
#   kcadm.sh config credentials --server https://sso.example.com --realm master --user admin
#   CLIENT_SECRET=… realm-config/ciba.kcadm.sh my-realm
#
# Environment:
#   KCADM          the kcadm.sh to use; default: the one on the PATH
#   KCADM_CONFIG   where kcadm.sh keeps its login; default: its own place
#   CLIENT_ID      default: gas-pump
#   CLIENT_SECRET  default: the one that the client has, or one that Keycloak makes for a new client
set -euo pipefail

realm=${1:?Usage: $0 <realm>}
client_id=${CLIENT_ID:-gas-pump}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

kcadm() {
  local command=$1
  shift
  "${KCADM:-kcadm.sh}" "$command" "$@" -r "$realm" ${KCADM_CONFIG:+--config "$KCADM_CONFIG"}
}

# The value of a key in one of the small JSON files here.
value() {
  sed -n "s/.*\"$2\": *\[\{0,1\}\"\([^\"]*\)\".*/\1/p" "$1" | head -1
}

# Creates the component of a file, or changes the one of its kind that has its name. A key that the file does not
# name stays as it is.
component() {
  local file=$1 provider name id
  provider=$(value "$file" providerId)
  name=$(value "$file" name)
  # Keycloak 26.4 and 26.5 do not filter by providerId
  id=$(kcadm get components --format csv --noquotes --fields 'id,providerId,config(name)' |
    awk -F, -v provider="$provider" -v name="$name" '$2 == provider && $3 == name { print $1 }')
  if [ -n "$id" ]; then
    kcadm update "components/$id" -f "$file"
    echo "Updated $provider '$name'"
  else
    kcadm create components -f "$file" >/dev/null
    echo "Created $provider '$name'"
  fi
}

# Creates the client, or switches CIBA on for the one that is there.
client() {
  local id settings=(
    -s 'attributes."oidc.ciba.grant.enabled"=true'
    -s 'attributes."ciba.policies"=pump'
    ${CLIENT_SECRET:+-s "secret=$CLIENT_SECRET"}
  )
  id=$(kcadm get clients -q "clientId=$client_id" --format csv --noquotes --fields id)
  if [ -n "$id" ]; then
    kcadm update "clients/$id" "${settings[@]}"
    echo "Updated client '$client_id'"
  else
    kcadm create clients -s "clientId=$client_id" -s publicClient=false -s standardFlowEnabled=false \
      "${settings[@]}" >/dev/null
    echo "Created client '$client_id'"
  fi
}

for file in "$here"/components/*-policy-*.json; do
  component "$file"
done
client
