/* The smallest program: does what is linked fit the header? */
#include <rolesanywhere.h>
#include <stdio.h>

int main(void) {
    printf("%s\n", rolesanywhere_version().data);
    return rolesanywhere_abi_version() != ROLESANYWHERE_ABI_VERSION;
}
